package org.anabranch.train;

import java.util.Map;
import org.anabranch.graph.Shape;

/** A rule that changes what another one sees or does, and remembers nothing of its own. */
interface RuleAround extends Optimiser {
  Optimiser rule();

  /** The same change around another rule. */
  RuleAround around(Optimiser other);

  @Override
  default Optimiser within(int from, int size) {
    return around(rule().within(from, size));
  }

  @Override
  default boolean usesNorm() {
    return rule().usesNorm();
  }

  @Override
  default int cycle() {
    return rule().cycle();
  }

  @Override
  default String name() {
    return rule().name();
  }

  @Override
  default double learningRate() {
    return rule().learningRate();
  }

  @Override
  default Map<String, Shape> state(int size) {
    return rule().state(size);
  }

  @Override
  default Map<String, Double> initialState() {
    return rule().initialState();
  }
}
