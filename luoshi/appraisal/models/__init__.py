"""考评: schemes with their indicators, boards, scores and their frozen facts."""
