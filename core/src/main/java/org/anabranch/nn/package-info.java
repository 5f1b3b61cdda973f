/**
 * Layers and activations that build graphs, and initialisers; all parameters live in one flat
 * vector with named views.
 *
 * <p>May import: the rooms from {@code graph} to {@code field}.
 */
@NullMarked
package org.anabranch.nn;

import org.jspecify.annotations.NullMarked;
