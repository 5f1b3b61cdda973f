/**
 * ND4J and DL4J as neighbours: a {@code MultiLayerNetwork} before or after a solve, its file, and
 * DL4J's evaluation. The one room that knows them; no class path of ours brings them, so only who
 * adds the jars (docs/dl4j.md) may load a class of it. Begin with {@link
 * org.anabranch.train.dl4j.Dl4jNetwork}.
 *
 * <p>May import: what {@code train} may, and {@code train}.
 */
@NullMarked
package org.anabranch.train.dl4j;

import org.jspecify.annotations.NullMarked;
