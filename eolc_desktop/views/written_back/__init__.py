"""Forms that came back: the file read, who filled it in, and each answer gone through beside what stands."""
