package org.anabranch.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Parameters;
import org.anabranch.backend.reference.ReferenceBackend;
import org.anabranch.control.brownian.BrownianGrid;
import org.anabranch.field.Calculus;
import org.anabranch.field.Coefficients;
import org.anabranch.field.Noise;
import org.anabranch.field.StochasticField;
import org.anabranch.gradient.Demands;
import org.anabranch.gradient.GradientMode;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.graph.Value;
import org.anabranch.nn.Activation;
import org.anabranch.nn.Perceptron;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.BrownianDrive;
import org.anabranch.solver.DrivenMethod;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.solver.TimeGrid;

/**
 * The neural SDE of workload W8b: 32 components, 16 Brownian motions, drift and diffusion networks
 * of width 8 with a sigmoid behind, 32 samples to T = 1, L = Σ x(T), in float64. Coarse steps go
 * over the paths of fine ones.
 */
final class SdeExactnessProblem {
  /** What numbers of steps must divide: the intervals of the paths. */
  static final int FINEST = 1024;

  private static final int DIMENSION = 32;
  private static final int MOTIONS = 16;
  private static final int WIDTH = 8;
  private static final int ROWS = 32;
  private static final long SEED = 7;
  private static final Perceptron DRIFT = network("drift", DIMENSION);
  private static final Perceptron DIFFUSION = network("diffusion", DIMENSION * MOTIONS);
  private static final ParameterLayout LAYOUT = layout();

  private SdeExactnessProblem() {}

  private static Perceptron network(String name, int outputs) {
    return new Perceptron(name, List.of(1 + DIMENSION, WIDTH, outputs), Activation.LIP_SWISH);
  }

  private static ParameterLayout layout() {
    Map<String, Shape> shapes = new LinkedHashMap<>(DRIFT.parameters());
    shapes.putAll(DIFFUSION.parameters());
    return ParameterLayout.of(shapes);
  }

  private static StochasticField field() {
    return StochasticField.of(
        DIMENSION,
        Noise.GENERAL,
        Calculus.STRATONOVICH,
        (t, y) -> {
          Value input = Value.concatenate(List.of(t.broadcast(1).plus(y.slice(0, 1).times(0)), y));
          Value matrix =
              DIFFUSION.apply(input).sigmoid().reshaped(Shape.matrix(DIMENSION, MOTIONS));
          return new Coefficients(DRIFT.apply(input).sigmoid(), matrix);
        });
  }

  /** Uniform in ±1/√inputs, as PyTorch draws matrices and biases. */
  private static double[] weights() {
    double[] weights = new double[LAYOUT.size()];
    int inputs = 1;
    for (int tensor = 0; tensor < LAYOUT.views().size(); tensor++) {
      ParameterLayout.View view = LAYOUT.views().get(tensor);
      inputs = view.shape().rank() == 2 ? view.shape().columns() : inputs; // then its bias
      for (int i = 0; i < view.size(); i++) {
        double u = CounterRandom.uniform(SEED, Stream.INITIALISER, tensor, 0, i);
        weights[view.offset() + i] = (2 * u - 1) / Math.sqrt(inputs);
      }
    }
    return weights;
  }

  private static double[] start() {
    double[] start = new double[ROWS * DIMENSION];
    for (int i = 0; i < start.length; i++) {
      int sample = i / DIMENSION;
      start[i] = CounterRandom.normal(SEED, Stream.SYNTHETIC, sample, 0, i % DIMENSION);
    }
    return start;
  }

  /** The gradient by the initial value and all parameters. */
  static double[] gradient(String method, GradientMode mode, int steps) {
    Backend backend = new ReferenceBackend();
    DrivenMethod driven = StochasticMethod.named(method).on(field());
    Parameters parameters = backend.parameters(LAYOUT);
    parameters.load(weights());
    Accumulators accumulators = backend.accumulators(LAYOUT);
    BrownianGrid motion = BrownianGrid.equal(SEED, 0, 1, FINEST, MOTIONS);
    SolveGradient solve =
        SolveGradient.driven(
            backend,
            driven,
            parameters,
            accumulators,
            new TimeGrid(0, 1, steps),
            mode,
            Demands.none(),
            new BrownianDrive(motion, driven.need(), ROWS),
            ROWS);
    solve.solve().initialValue().set(start());
    solve.forward();
    solve.solutionCotangent().fill(1);
    solve.backward();
    double[] byStart = new double[ROWS * DIMENSION];
    solve.initialCotangent().get(byStart);
    double[] byParameters = new double[LAYOUT.size()];
    accumulators.total(byParameters);
    double[] gradient = Arrays.copyOf(byStart, byStart.length + byParameters.length);
    System.arraycopy(byParameters, 0, gradient, byStart.length, byParameters.length);
    return gradient;
  }

  /** Σ |a − b|, by the larger of Σ |a| and Σ |b|. */
  static double difference(double[] a, double[] b) {
    double sum = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
      ofA += Math.abs(a[i]);
      ofB += Math.abs(b[i]);
    }
    return sum / Math.max(ofA, ofB);
  }
}
