/**
 * Turns a graph into a program that runs over a tile of samples. The room holds the contract; each
 * implementation has a room of its own below it.
 *
 * <p>May import: {@code graph}.
 */
@NullMarked
package org.anabranch.backend;

import org.jspecify.annotations.NullMarked;
