package org.anabranch.bench;

import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;

/** The reference workloads: one loss and gradient of {@link OdeProblem}, t from 0 to 1. */
enum ReferenceCase {
  W5_MALI_FIXED(
      "w5-mali-fixed", "Asynchronous leapfrog, 40 steps, states recomputed from the end (MALI).") {
    @Override
    Method method() {
      return Method.alf();
    }

    @Override
    GradientMode mode() {
      return GradientMode.reversible();
    }
  },
  W5_MALI_STEPS("w5-mali-steps", "The same with --steps steps.") {
    @Override
    Method method() {
      return Method.alf();
    }

    @Override
    GradientMode mode() {
      return GradientMode.reversible();
    }
  },
  W5_RK4_DIRECT("w5-rk4-direct", "Classical Runge-Kutta, 40 steps, every state kept.") {
    @Override
    Method method() {
      return Method.rk4();
    }

    @Override
    GradientMode mode() {
      return GradientMode.direct();
    }
  },
  W5_MALI_WIDTH("w5-mali-width", "As w5-mali-fixed, the field of --width: N-N-N-N, without time.") {
    @Override
    Method method() {
      return Method.alf();
    }

    @Override
    GradientMode mode() {
      return GradientMode.reversible();
    }
  },
  W5_RK4_WIDTH("w5-rk4-width", "As w5-rk4-direct, the field of --width: N-N-N-N, without time.") {
    @Override
    Method method() {
      return Method.rk4();
    }

    @Override
    GradientMode mode() {
      return GradientMode.direct();
    }
  },
  W5_RK4_CHECKPOINTED(
      "w5-rk4-checkpointed", "Classical Runge-Kutta, 40 steps, one state in seven kept.") {
    @Override
    Method method() {
      return Method.rk4();
    }

    @Override
    GradientMode mode() {
      return GradientMode.checkpointed();
    }
  };

  static final int STEPS = 40;

  private final String command;
  private final String description;

  ReferenceCase(String command, String description) {
    this.command = command;
    this.description = description;
  }

  /** What a user writes to choose it. */
  String command() {
    return command;
  }

  String description() {
    return description;
  }

  abstract Method method();

  abstract GradientMode mode();
}
