function check {
  true
}
