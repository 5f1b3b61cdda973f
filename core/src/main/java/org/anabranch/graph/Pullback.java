package org.anabranch.graph;

import java.util.List;
import java.util.Map;

/**
 * A vector-Jacobian product as expressions of a graph's values and of the given cotangents.
 *
 * @param cotangents of the inputs asked for, by name, in working precision; zeros where the outputs
 *     do not depend on one
 * @param accumulations the terms of the parameters' cotangents, last use first
 */
public record Pullback(Map<String, Value> cotangents, List<Accumulation> accumulations) {}
