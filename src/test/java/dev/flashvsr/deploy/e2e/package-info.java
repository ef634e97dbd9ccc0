/** The program as it is installed, from outside: real processes against a real SSH server. */
package dev.flashvsr.deploy.e2e;
