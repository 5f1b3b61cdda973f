package org.anabranch.model.gan;

import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.Type;
import org.anabranch.model.paths.NeuralCdeTile;
import org.anabranch.model.paths.TangentCde;
import org.anabranch.random.CounterRandom;
import org.anabranch.random.Stream;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.StochasticMethod;

/**
 * The penalty on a discriminator's slopes (Gulrajani et al. 2017, arXiv:1704.00028, equation 3) at
 * paths Ŷ between real and generated ones, each at a share that is uniform in 0 to 1:
 *
 * <pre>  λ (‖∂D/∂Ŷ‖ − 1)²  </pre>
 *
 * <p>With u = 2λ (‖s‖ − 1) s / ‖s‖ at the slopes s, its gradient by the discriminator's parameters
 * is that of the derivative of D along u, u held constant.
 */
final class GradientPenalty {
  private final double weight;
  private final int rows;
  private final int width;
  private final long seed;
  private final NeuralCdeTile slopes;
  private final NeuralCdeTile alongThem;
  private final Buffer[] between;
  private final Buffer cotangent;
  private final double[][] ofTime;
  private final double[] real;
  private final double[] mixed;
  private final double[] both;
  private final double[] norms;
  private final double[] kept;
  private final double[] penalties;
  private final Outcomes ofSlopes;
  private final Outcomes ofAlongThem;

  /**
   * @param unread where the slopes' pass leaves a gradient that nobody reads
   */
  GradientPenalty(
      SdeGan model,
      Backend backend,
      long seed,
      Parameters parameters,
      Accumulators accumulators,
      Accumulators unread,
      int rows) {
    weight = model.discriminator().penalty();
    this.rows = rows;
    this.seed = seed;
    width = model.shape().width();
    int length = model.shape().length();
    StochasticMethod method = StochasticMethod.named(model.method());
    slopes =
        new NeuralCdeTile(
            backend,
            model.reader(),
            length,
            model.grid(),
            method,
            model.mode(),
            parameters,
            unread,
            rows);
    alongThem =
        new NeuralCdeTile(
            backend,
            new TangentCde(model.reader()),
            length,
            model.grid(),
            method,
            model.mode(),
            parameters,
            accumulators,
            rows);
    between = new Buffer[length];
    for (int time = 0; time < length; time++) {
      between[time] = backend.buffer(Type.perSample(width), rows);
    }
    cotangent = backend.buffer(Type.perSample(width), rows);
    ofTime = new double[length][rows * width];
    real = new double[rows * width];
    mixed = new double[rows * width];
    both = new double[2 * rows * width];
    norms = new double[rows];
    kept = new double[rows];
    penalties = new double[rows];
    ofSlopes = new Outcomes(rows, model.reader().state());
    ofAlongThem = new Outcomes(rows, 2 * model.reader().state());
  }

  /** Takes the values of the real paths at a time, before those of generated ones replace them. */
  void real(int time, Buffer values) {
    between[time].copyFrom(values);
  }

  /**
   * Adds the gradient to the accumulators.
   *
   * @param generated has the generated paths
   * @param ids of the rows' noise
   * @param counts whether a row does
   * @return the penalty of each row, of this object until the next call
   */
  double[] add(NeuralCdeTile generated, float[] covariates, long[] ids, boolean[] counts) {
    for (int time = 0; time < between.length; time++) {
      between[time].get(real);
      generated.value(time).get(mixed);
      for (int i = 0; i < mixed.length; i++) {
        double share = CounterRandom.uniform(seed, Stream.INITIAL_NOISE, ids[i / width], 1, 0);
        mixed[i] += share * (real[i] - mixed[i]);
      }
      slopes.value(time).set(mixed);
    }
    for (int row = 0; row < rows; row++) {
      kept[row] = counts[row] ? 1 : 0;
      norms[row] = 0;
    }
    if (covariates.length > 0) {
      slopes.covariates().set(covariates);
      alongThem.covariates().set(covariates);
    }
    slopes.outputCotangent().set(kept);
    slopes.forward();
    ofSlopes.judge(slopes.solve().solve());
    slopes.backward();
    for (int time = 0; time < between.length; time++) {
      slopes.cotangent(time, cotangent);
      cotangent.get(ofTime[time]);
      for (int i = 0; i < ofTime[time].length; i++) {
        norms[i / width] += ofTime[time][i] * ofTime[time][i];
      }
    }
    for (int row = 0; row < rows; row++) {
      norms[row] = Math.sqrt(norms[row]);
      penalties[row] = counts[row] ? weight * (norms[row] - 1) * (norms[row] - 1) : 0;
    }
    for (int time = 0; time < between.length; time++) {
      slopes.value(time).get(mixed);
      for (int i = 0; i < mixed.length; i++) {
        double norm = norms[i / width];
        int at = i / width * 2 * width + i % width;
        both[at] = mixed[i];
        both[at + width] = norm == 0 ? 0 : 2 * weight * (norm - 1) / norm * ofTime[time][i];
      }
      alongThem.value(time).set(both);
    }
    alongThem.outputCotangent().set(kept);
    alongThem.forward();
    ofAlongThem.judge(alongThem.solve().solve());
    alongThem.backward();
    return penalties;
  }

  /**
   * Whether the last penalty of a row is a number, both solves kept to the numbers that their
   * method has, and both came back to its start.
   */
  boolean isSound(int row) {
    return Double.isFinite(penalties[row])
        && ofSlopes.outcome(row).isSolved()
        && ofAlongThem.outcome(row).isSolved()
        && isRestored(slopes.solve(), row)
        && isRestored(alongThem.solve(), row);
  }

  private static boolean isRestored(SolveGradient solve, int row) {
    return !solve.isBitExact() || solve.isRestored(row);
  }
}
