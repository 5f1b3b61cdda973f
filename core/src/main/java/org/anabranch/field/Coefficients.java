package org.anabranch.field;

import org.anabranch.graph.Value;

/**
 * Drift and diffusion at a point.
 *
 * @param drift a vector
 * @param diffusion a vector or a matrix: see {@link StochasticField}
 */
public record Coefficients(Value drift, Value diffusion) {}
