package org.anabranch.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.Program;
import org.anabranch.graph.ParameterLayout;

/** Compiled updates, one for all pieces of the same rule and size. For one thread at a time. */
final class UpdateRules {
  private record Key(Optimiser rule, int size) {}

  private final Backend backend;
  private final Parameters none;
  private final Map<Key, Program> programs = new HashMap<>();

  UpdateRules(Backend backend) {
    this.backend = backend;
    none = backend.parameters(new ParameterLayout(List.of()));
  }

  Program program(Optimiser rule, int size) {
    return programs.computeIfAbsent(
        new Key(rule, size), key -> backend.compile(rule.update(size), 1));
  }

  /** Updates take all that they need as inputs. */
  Parameters none() {
    return none;
  }
}
