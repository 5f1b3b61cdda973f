package org.anabranch.bench;

import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.AdaptiveSteps;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;

/** The reference workloads: one loss and gradient of {@link OdeProblem}, t from 0 to 1. */
enum ReferenceCase {
  W5_MALI_FIXED(
      "w5-mali-fixed",
      "Asynchronous leapfrog, 40 steps, states recomputed from the end (MALI).",
      "alf",
      GradientMode.reversible(),
      0),
  W5_MALI_STEPS(
      "w5-mali-steps", "The same with --steps steps.", "alf", GradientMode.reversible(), 0),
  W5_MALI_ADAPTIVE(
      "w5-mali-adaptive",
      "The same, each sample on steps of its own, both tolerances 1e-3 or --tolerance.",
      "alf",
      GradientMode.reversible(),
      1e-3),
  W5_DOPRI5_DIRECT(
      "w5-dopri5-direct",
      "Dormand-Prince 5(4), both tolerances 1e-5 or --tolerance, every accepted state kept.",
      "dopri5",
      GradientMode.direct(),
      1e-5),
  W5_DOPRI5_CHECKPOINTED(
      "w5-dopri5-checkpointed",
      "The same, at most 32 accepted states kept.",
      "dopri5",
      GradientMode.checkpointed(),
      1e-5),
  W5_RK4_DIRECT(
      "w5-rk4-direct",
      "Classical Runge-Kutta, 40 steps, every state kept.",
      "rk4",
      GradientMode.direct(),
      0),
  W5_MALI_WIDTH(
      "w5-mali-width",
      "As w5-mali-fixed, the field of --width: N-N-N-N, without time.",
      "alf",
      GradientMode.reversible(),
      0),
  W5_RK4_WIDTH(
      "w5-rk4-width",
      "As w5-rk4-direct, the field of --width: N-N-N-N, without time.",
      "rk4",
      GradientMode.direct(),
      0),
  W5_RK4_CHECKPOINTED(
      "w5-rk4-checkpointed",
      "Classical Runge-Kutta, 40 steps, every second state kept.",
      "rk4",
      GradientMode.checkpointed(),
      0);

  static final int STEPS = 40;

  private final String command;
  private final String description;
  private final String method;

  @SuppressWarnings("ImmutableEnumChecker") // modes are records of numbers
  private final GradientMode mode;

  private final double tolerance;

  /**
   * @param tolerance of adaptive steps, relative and absolute; 0 for a number of equal ones
   */
  ReferenceCase(
      String command, String description, String method, GradientMode mode, double tolerance) {
    this.command = command;
    this.description = description;
    this.method = method;
    this.mode = mode;
    this.tolerance = tolerance;
  }

  /** What a user writes to choose it. */
  String command() {
    return command;
  }

  String description() {
    return description;
  }

  Method method() {
    return Method.named(method);
  }

  GradientMode mode() {
    return mode;
  }

  /** The steps that the peers' workload of this name takes. */
  Stepping stepping() {
    return tolerance == 0 ? new TimeGrid(0, 1, STEPS) : adaptive(tolerance);
  }

  /** Adaptive steps over the workload's span, with one number for both tolerances. */
  static Stepping adaptive(double tolerance) {
    return new AdaptiveSpan(0, 1, AdaptiveSteps.of(tolerance, tolerance));
  }
}
