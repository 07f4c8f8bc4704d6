"""The exchange under every fault: simulated laptops, networks and servers around the product's own engine."""
