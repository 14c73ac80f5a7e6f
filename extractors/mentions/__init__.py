"""What is mentioned: miners, amounts, dates and the words that tell of a deed."""
