/**
 * The language in which everything between two time points is written: immutable graphs of sealed
 * operations over values that are per sample or shared, with shapes checked at construction.
 * Differentiation and simplification of graphs live here too.
 *
 * <p>May import: nothing of Anabranch.
 */
@NullMarked
package org.anabranch.graph;

import org.jspecify.annotations.NullMarked;
