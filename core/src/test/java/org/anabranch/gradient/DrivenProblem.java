package org.anabranch.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.control.brownian.BrownianMotion;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.Stepping;

/**
 * A stochastic equation with parameters and its motions, before a backend and a mode are chosen.
 */
record DrivenProblem(
    DrivenMethod driven,
    ParameterLayout layout,
    double[] theta,
    BrownianMotion motion,
    Stepping stepping) {
  static final ParameterLayout NO_PARAMETERS = new ParameterLayout(List.of());

  /** Of a field without parameters. */
  static DrivenProblem of(DrivenMethod driven, BrownianMotion motion, Stepping stepping) {
    return new DrivenProblem(driven, NO_PARAMETERS, new double[0], motion, stepping);
  }

  /** What a solve and its gradient run on. */
  record Prepared(SolveGradient solve, Accumulators accumulators) {
    /** There and back from the loss Σ z(T)². */
    Problem.Result squares(double[] start) {
      return Problem.Result.of(solve, accumulators, start, z -> 2 * z);
    }

    /** There and back from the loss Σ z(T)² in which one sample has no part. */
    Problem.Result squaresWithout(int sample, double[] start) {
      solve.solve().initialValue().set(start);
      solve.forward();
      double[] end = new double[start.length];
      solve.solve().solution().get(end);
      double[] cotangent = Arrays.stream(end).map(z -> 2 * z).toArray();
      int dimension = start.length / solve.solve().initialValue().rows();
      Arrays.fill(cotangent, dimension * sample, dimension * (sample + 1), 0);
      solve.solutionCotangent().set(cotangent);
      return Problem.Result.back(solve, accumulators, end);
    }

    /** There and back from the loss Σ z(T). */
    Problem.Result sum(double[] start) {
      return Problem.Result.of(solve, accumulators, start, z -> 1);
    }
  }

  /** For a tile of samples with the ids 0, 1, … */
  Prepared on(Backend backend, GradientMode mode, int rows) {
    return on(backend, mode, Demands.none(), LongStream.range(0, rows).toArray());
  }

  Prepared on(Backend backend, GradientMode mode, Demands demands, long[] samples) {
    Parameters parameters = backend.parameters(layout);
    parameters.load(theta);
    Accumulators accumulators = backend.accumulators(layout);
    BrownianDrive drive = new BrownianDrive(motion, driven.need(), samples.length);
    drive.samples(samples);
    SolveGradient solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            stepping,
            mode,
            demands,
            drive,
            samples.length);
    return new Prepared(solve, accumulators);
  }
}
