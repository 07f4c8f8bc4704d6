"""Is everything ready: the palliative care register, homes before the weekend, and one home by itself."""
