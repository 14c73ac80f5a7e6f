"""What runs by itself: each job gathers facts through the edges, lets a decision decide, and applies it."""
