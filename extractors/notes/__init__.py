"""What else an article says: appointments, approvals, curtailment, the AI/HPC move, financing, flows."""
