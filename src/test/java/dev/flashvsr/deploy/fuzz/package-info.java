/**
 * Damaged files for everything that reads one. What comes out is a value, or a refusal that a person can read: no other
 * exception, no hang, and no more than 256 MiB of heap ({@code scripts/fuzz} runs it in so much).
 */
package dev.flashvsr.deploy.fuzz;
