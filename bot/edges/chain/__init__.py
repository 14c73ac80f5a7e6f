"""Chain and price sources behind one small interface."""
