# check() and apply() will come
echo hello
