check() { true; }
apply() { true; }
