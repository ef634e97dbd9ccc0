check() { true; }
apply() { true; }
