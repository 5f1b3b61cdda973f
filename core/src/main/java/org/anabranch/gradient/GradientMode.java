package org.anabranch.gradient;

import java.util.Objects;
import org.anabranch.field.Field;
import org.anabranch.solver.AdaptiveSpan;
import org.anabranch.solver.Method;
import org.anabranch.solver.ReversibleMethod;
import org.anabranch.solver.RungeKuttaMethod;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.StochasticSteps;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/**
 * How the states that the backward pass needs come back. All but {@link Backsolve} give the
 * gradient of the discrete solve; they differ in memory and time only.
 */
public sealed interface GradientMode {
  /** What a user writes to choose it. */
  String name();

  /**
   * The same mode, with what depends on the grid settled.
   *
   * @throws IllegalArgumentException if the method does not allow it, with the remedy
   */
  GradientMode forSolve(Method method, Stepping stepping);

  /** Why {@link #forSolve} gives what it gives, for messages. */
  default String reason(Method method, Stepping stepping) {
    return "as chosen";
  }

  static GradientMode reversible() {
    return new Reversible();
  }

  static GradientMode direct() {
    return new Direct();
  }

  static GradientMode checkpointed() {
    return new Checkpointed(0);
  }

  /** Checkpointed, with so many states kept at a time and as few steps taken again as can be. */
  static GradientMode binomial(int states) {
    return new Binomial(states);
  }

  /** The continuous adjoint, solved back by the method and stepping of the forward solve. */
  static Backsolve backsolve() {
    return new Backsolve(null, null, false);
  }

  static GradientMode automatic() {
    return new Automatic();
  }

  /**
   * Each state is computed from the one after it: memory of one step, N + 1 evaluations. Where
   * undoing a step multiplies round-off, states are kept so that those restored are right to a
   * relative 1e-6: about c T / ln(tolerance / ε) of them with a coupling exp(−c h).
   */
  record Reversible() implements GradientMode {
    /** The relative error of a restored state that gradients bear. */
    static final double TOLERANCE = 1e-6;

    @Override
    public String name() {
      return "reversible";
    }

    @Override
    public GradientMode forSolve(Method method, Stepping stepping) {
      if (!(method instanceof ReversibleMethod reversible)) {
        throw new IllegalArgumentException(
            "Gradient mode 'reversible': the method '%s' cannot be undone. Use 'checkpointed', or the method 'alf'."
                .formatted(method.name()));
      }
      double error = error(reversible, stepping);
      if (error > TOLERANCE) {
        throw new IllegalArgumentException(
            "Gradient mode 'reversible': undoing a single step of '%s' multiplies round-off to %.1g. Use 'checkpointed', or a damping or coupling nearer to 1."
                .formatted(method.name(), error));
      }
      return this;
    }

    /** What undoing a single step makes of round-off. */
    private static double error(ReversibleMethod method, Stepping stepping) {
      double size = stepping instanceof TimeGrid grid ? grid.size(0) : 0;
      return method.amplification(size) * method.roundOff();
    }
  }

  /** Every state is kept: memory grows with the number of steps. */
  record Direct() implements GradientMode {
    @Override
    public String name() {
      return "direct";
    }

    @Override
    public GradientMode forSolve(Method method, Stepping stepping) {
      return this;
    }
  }

  /**
   * Every {@code every}-th state is kept, those between are computed again: up to one more forward
   * solve, memory of the states kept and of those between two of them.
   *
   * @param every 0 for what keeps {@value Checkpointed#STATES} states, or the square root of the
   *     steps where that is more; so short solves keep all
   */
  record Checkpointed(int every) implements GradientMode {
    static final int STATES = 32;

    public Checkpointed {
      if (every < 0) {
        throw new IllegalArgumentException(
            "Gradient mode 'checkpointed': every is %d. Use at least 1, or 0 for 32 states."
                .formatted(every));
      }
    }

    @Override
    public String name() {
      return "checkpointed";
    }

    /** How far apart the states are that are kept of so many steps. */
    public long spacing(long steps) {
      long spacing = Math.max(1, every);
      while (isTooMany((steps - 1) / spacing + 1, spacing)) {
        spacing *= 2;
      }
      return spacing;
    }

    /** How far apart states are kept where the number of steps is known before. */
    public int spacingOfKnown(int steps) {
      int root = (int) Math.ceil(Math.sqrt(steps));
      return every > 0 ? every : Math.max(1, Math.min(root, (steps - 1) / STATES + 1));
    }

    /** Whether every second one of the states kept is to be dropped. */
    boolean isTooMany(long kept, long spacing) {
      return every == 0 && kept > Math.max(STATES, 4 * spacing);
    }

    @Override
    public GradientMode forSolve(Method method, Stepping stepping) {
      return this; // how many steps a solve takes is settled with its spans
    }
  }

  /**
   * A fixed number of states is kept, whatever the number of steps, and steps are taken again by
   * the binomial schedule: with c states, C(c + r, c) steps are taken r times at most.
   *
   * @param states kept at a time, the start among them
   */
  record Binomial(int states) implements GradientMode {
    public Binomial {
      if (states < 1) {
        throw new IllegalArgumentException(
            "Gradient mode 'binomial': %d states. Use at least 1.".formatted(states));
      }
    }

    @Override
    public String name() {
      return "binomial";
    }

    @Override
    public GradientMode forSolve(Method method, Stepping stepping) {
      return this;
    }
  }

  /**
   * The continuous adjoint (Chen et al. 2018, arXiv:1806.07366): solution, cotangent and
   * parameters' gradient are one differential equation, which is solved from the end to the start.
   * Memory of one step; the gradient is that of the true solution <em>up to the error of this
   * solve</em>, not that of the numbers computed. The error of adaptive steps is that of solution
   * and cotangent: the semi-norm of Kidger et al. 2021 (arXiv:2009.09457).
   *
   * <p>Of a Stratonovich equation (Li et al. 2020, arXiv:2001.01328) it is solved back over the
   * steps that were taken, with their increments, by the same method: {@code heun}, {@code
   * midpoint} or {@code euler-heun}. It nears the gradient of the steps taken with order 1.
   *
   * @param method of the solve back; null for the forward solve's
   * @param stepping of the solve back, whose start and end are not looked at; null for the forward
   *     solve's
   * @param fullNorm whether the error of each sample's parameter gradient counts too, which then
   *     has a copy of the parameters: for small models
   */
  record Backsolve(@Nullable Method method, @Nullable Stepping stepping, boolean fullNorm)
      implements GradientMode {
    /** The same on steps of their own. */
    public Backsolve by(Method other, Stepping steps) {
      return new Backsolve(other, steps, fullNorm);
    }

    public Backsolve withFullNorm() {
      return new Backsolve(method, stepping, true);
    }

    @Override
    public String name() {
      return "backsolve";
    }

    @Override
    public GradientMode forSolve(Method forward, Stepping forwardStepping) {
      if (forward instanceof StochasticSteps steps) {
        return StochasticBacksolve.settled(this, steps, forwardStepping);
      }
      Method used = method == null ? forward : method;
      Stepping steps = stepping == null ? forwardStepping : stepping;
      if (!(used instanceof RungeKuttaMethod)) {
        throw new IllegalArgumentException(
            "Gradient mode 'backsolve': the method '%s' carries more than the solution from step to step, or needs second derivatives. Use '%s', or solve back by an explicit method such as 'tsit5'."
                .formatted(
                    used.name(), used instanceof ReversibleMethod ? "reversible" : "checkpointed"));
      }
      boolean adaptive = steps instanceof AdaptiveSpan;
      if (fullNorm && !adaptive) {
        throw new IllegalArgumentException(
            "Gradient mode 'backsolve': equal steps look at no error, so the full norm means nothing. Use adaptive steps, or leave it out.");
      }
      if (adaptive && used.error(Field.of(1, (t, y) -> y)).isEmpty()) {
        throw new IllegalArgumentException(
            "Gradient mode 'backsolve': the method '%s' has no error estimate for adaptive steps. Use equal steps, or 'tsit5'."
                .formatted(used.name()));
      }
      return new Backsolve(used, steps, fullNorm);
    }

    /** Whether its steps are others than those of the forward solve, once settled. */
    boolean ofOwnSteps() {
      return !(method instanceof StochasticSteps);
    }

    RungeKuttaMethod settledMethod() {
      return (RungeKuttaMethod) Objects.requireNonNull(method, "settled by forSolve");
    }

    Stepping settledStepping() {
      return Objects.requireNonNull(stepping, "settled by forSolve");
    }
  }

  /** Reversible where the method restores bits, else checkpointed. */
  record Automatic() implements GradientMode {
    @Override
    public String name() {
      return "automatic";
    }

    @Override
    public GradientMode forSolve(Method method, Stepping stepping) {
      boolean exact = method instanceof ReversibleMethod reversible && reversible.bitExact();
      return (exact ? reversible() : checkpointed()).forSolve(method, stepping);
    }

    @Override
    public String reason(Method method, Stepping stepping) {
      if (!(method instanceof ReversibleMethod reversible)) {
        return "steps of %s cannot be undone".formatted(method.name());
      }
      if (reversible.bitExact()) {
        return "steps of %s are undone to the last bit, so that no state is kept"
            .formatted(method.name());
      }
      return Reversible.error(reversible, stepping) > Reversible.TOLERANCE
          ? "undoing a single step of %s multiplies round-off beyond 1e-6".formatted(method.name())
          : "undoing steps of %s restores states to 1e-6 and not to the last bit; gradient = reversible takes that for less memory"
              .formatted(method.name());
    }
  }
}
