package org.anabranch.graph;

/**
 * A rewriting of one value to a cheaper one with the same bits in every backend, NaN standing for
 * every NaN. Rules look at a value and a few operations below it, so none needs a stack.
 */
interface Rule {
  /** The cheaper value, of the same type; the value itself where the rule does not apply. */
  Value rewrite(Value value);
}
