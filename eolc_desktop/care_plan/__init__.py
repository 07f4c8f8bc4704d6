"""What a care plan is: fields, sections, words and rules. No database, network or screen."""
