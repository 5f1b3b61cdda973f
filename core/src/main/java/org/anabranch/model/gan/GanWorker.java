package org.anabranch.model.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.anabranch.backend.Accumulators;
import org.anabranch.backend.Backend;
import org.anabranch.backend.Buffer;
import org.anabranch.backend.Parameters;
import org.anabranch.gradient.SolveGradient;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.model.paths.BlockPaths;
import org.anabranch.model.paths.NeuralCdeTile;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.solver.StochasticMethod;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.SampleFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a block gives to both networks in a step: for each of its paths another one is generated,
 * whose noise is a function of (seed, step, place). The loss is the sum of D(generated) − D(real),
 * with the penalty on slopes if there is one, which the discriminator lowers alone; the
 * discriminator's part of the gradient is the loss's, the generator's that with its sign changed,
 * each only in a step in which it moves.
 *
 * <p>A sample whose paths or scores leave the numbers is put at weight zero, another one of the
 * block takes its place, and the block is computed again.
 */
final class GanWorker implements BlockWorker {
  /** The step of what is generated for testing: none of the training's. */
  private static final long TESTING = -1;

  /** Paths on which scores depend less have lost their discriminator: float32 ends at 1e-45. */
  private static final double SATURATED = 1e-30;

  private final SdeGan model;
  private final int rows;
  private final Parameters parameters;
  private final Accumulators accumulators;
  private final NeuralCdeTile discriminator;
  private final GeneratorTile generator;
  private final BlockPaths real;
  private final @Nullable GradientPenalty penalty;
  private double penalised;
  private final int split;
  private final long[] ids;
  private final boolean[] kept;
  private final double[] weights;
  private final double[] fakeScores;
  private final double[] realScores;
  private final double[] ofValues;
  private final Outcomes ofGenerator;
  private final Outcomes ofDiscriminator;
  private final List<SampleFailure> failures = new ArrayList<>();
  private @Nullable Block block;

  GanWorker(SdeGan model, Backend backend, int capacity, long seed) {
    this.model = model;
    rows = capacity;
    parameters = backend.parameters(model.layout());
    accumulators = backend.accumulators(model.layout());
    discriminator =
        new NeuralCdeTile(
            backend,
            model.reader(),
            model.shape().length(),
            model.grid(),
            StochasticMethod.named(model.method()),
            model.mode(),
            parameters,
            accumulators,
            rows);
    generator =
        new GeneratorTile(
            model, backend, seed, discriminator::value, parameters, accumulators, rows);
    penalty =
        model.discriminator().penalty() == 0
            ? null
            : new GradientPenalty(
                model,
                backend,
                seed,
                parameters,
                accumulators,
                backend.accumulators(model.layout()),
                rows);
    real = new BlockPaths(model.shape(), model.scales(), model.covariateScales(), rows);
    ids = new long[rows];
    kept = new boolean[rows];
    weights = new double[rows];
    fakeScores = new double[rows];
    realScores = new double[rows];
    ofValues = new double[rows * model.shape().width()];
    ofGenerator = new Outcomes(rows, model.generator().state());
    ofDiscriminator = new Outcomes(rows, model.discriminator().state());
    split =
        model.layout().views().stream()
            .filter(view -> SdeGan.isOfGenerator(view.name()))
            .mapToInt(ParameterLayout.View::size)
            .sum();
  }

  @Override
  public void load(double[] of) {
    parameters.load(of);
  }

  @Override
  public BlockResult gradient(Block of) {
    return gradient(of, 0);
  }

  @Override
  public BlockResult gradient(Block of, long step) {
    boolean generatorMoves = model.discriminator().generatorMoves(step);
    boolean discriminatorMoves = model.discriminator().discriminatorMoves(step);
    take(of, step);
    boolean whole = false;
    while (!whole && healthy() >= 0) {
      accumulators.clear();
      whole =
          ofReal(discriminatorMoves)
              && ofGenerated(true, generatorMoves)
              && (!discriminatorMoves || ofSlopes());
    }
    if (!whole) {
      return new BlockResult(of.number(), new double[parametersCount()], 0, 0, 0, failures, 0);
    }
    double[] gradient = accumulators.totals();
    for (int i = 0; i < split; i++) {
      gradient[i] = -gradient[i];
    }
    if (!discriminatorMoves) {
      Arrays.fill(gradient, split, gradient.length, 0);
    }
    return result(gradient);
  }

  @Override
  public BlockResult evaluate(Block of, long[][] confusion) {
    take(of, TESTING);
    boolean whole = false;
    while (!whole && healthy() >= 0) {
      whole = ofReal(false) && ofGenerated(false, false);
    }
    return whole
        ? result(new double[0])
        : new BlockResult(of.number(), new double[0], 0, 0, 0, failures, 0);
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }

  private int parametersCount() {
    return model.layout().size();
  }

  private void take(Block of, long step) {
    block = of;
    failures.clear();
    penalised = 0;
    real.take(of);
    for (int row = 0; row < rows; row++) {
      kept[row] = row < of.rows();
      long place = (long) of.number() * rows + (kept[row] ? row : 0);
      ids[row] = (step << Integer.SIZE) | (place & 0xFFFFFFFFL);
    }
  }

  /** The first row that counts; -1 if none does. */
  private int healthy() {
    for (int row = 0; row < rows; row++) {
      if (kept[row]) {
        return row;
      }
    }
    return -1;
  }

  private BlockResult result(double[] gradient) {
    double loss = penalised;
    long weight = 0;
    for (int row = 0; row < rows; row++) {
      if (kept[row]) {
        loss += fakeScores[row] - realScores[row];
        weight++;
      }
    }
    return new BlockResult(block().number(), gradient, loss, weight, 0, failures, 0);
  }

  private Block block() {
    return Objects.requireNonNull(block);
  }

  /** Scores the real paths, and back if wanted; false if a row failed and was replaced. */
  private boolean ofReal(boolean back) {
    for (int time = 0; time < model.shape().length(); time++) {
      real.values(time, discriminator.value(time));
      if (back && penalty != null) {
        penalty.real(time, discriminator.value(time));
      }
    }
    score(realScores);
    boolean whole = true;
    for (int row = 0; row < rows; row++) {
      Outcome outcome = ofDiscriminator.outcome(row);
      if (kept[row] && !(outcome.isSolved() && Double.isFinite(realScores[row]))) {
        fail(row, outcome, "discriminator, on the real path: ");
        whole = false;
      }
    }
    if (!whole) {
      replaceFailed();
      return false;
    }
    return !back || pullBack(-1, "discriminator, back over the real path: ");
  }

  /** Likewise of generated paths; back through the generator too if it moves. */
  private boolean ofGenerated(boolean back, boolean generatorMoves) {
    generator.forward(ids, real.covariates());
    ofGenerator.judge(generator.solve().solve());
    boolean whole = true;
    for (int row = 0; row < rows; row++) {
      Outcome outcome = ofGenerator.outcome(row);
      if (kept[row] && !outcome.isSolved()) {
        fail(row, outcome, "generator%s: ".formatted(place(row)));
        whole = false;
      }
    }
    if (whole) {
      score(fakeScores);
      for (int row = 0; row < rows; row++) {
        Outcome outcome = ofDiscriminator.outcome(row);
        if (kept[row] && !(outcome.isSolved() && Double.isFinite(fakeScores[row]))) {
          fail(row, outcome, "discriminator, on the generated path: ");
          whole = false;
        }
      }
    }
    if (!whole) {
      replaceFailed();
      return false;
    }
    return !back
        || (pullBack(1, "discriminator, back over the generated path: ")
            && (!generatorMoves || backThroughGenerator()));
  }

  /** Adds the penalty on slopes, if there is one. */
  private boolean ofSlopes() {
    if (penalty == null) {
      return true;
    }
    penalised = sum(penalty.add(discriminator, real.covariates(), ids, kept));
    boolean whole = true;
    for (int row = 0; row < rows; row++) {
      if (kept[row] && !penalty.isSound(row)) {
        fail(row, Outcome.OUT_OF_RANGE, "discriminator, slopes between real and generated path: ");
        whole = false;
      }
    }
    if (!whole) {
      replaceFailed();
    }
    return whole;
  }

  private void score(double[] scores) {
    if (!model.shape().covariates().isEmpty()) {
      discriminator.covariates().set(real.covariates());
    }
    discriminator.forward();
    ofDiscriminator.judge(discriminator.solve().solve());
    discriminator.output().get(scores);
  }

  private boolean pullBack(double sign, String where) {
    for (int row = 0; row < rows; row++) {
      weights[row] = kept[row] ? sign : 0;
    }
    discriminator.outputCotangent().set(weights);
    discriminator.backward();
    return restored(discriminator.solve(), where);
  }

  /** A sample that does not come back to its start has left the exact range on the way. */
  private boolean restored(SolveGradient solve, String where) {
    boolean whole = true;
    for (int row = 0; row < rows && solve.isBitExact(); row++) {
      if (kept[row] && !solve.isRestored(row)) {
        fail(row, Outcome.OUT_OF_RANGE, where);
        whole = false;
      }
    }
    if (!whole) {
      replaceFailed();
    }
    return whole;
  }

  private boolean backThroughGenerator() {
    Arrays.fill(weights, 0);
    int width = model.shape().width();
    for (int time = 0; time < model.shape().length(); time++) {
      Buffer cotangent = generator.cotangent(time);
      discriminator.cotangent(time, cotangent);
      cotangent.get(ofValues);
      for (int i = 0; i < ofValues.length; i++) {
        weights[i / width] = Math.max(weights[i / width], Math.abs(ofValues[i]));
      }
    }
    boolean whole = true;
    for (int row = 0; row < rows; row++) {
      if (kept[row] && !(weights[row] > SATURATED)) {
        failures.add(
            new SampleFailure(
                block().id(row),
                Outcome.OUT_OF_RANGE,
                "discriminator: saturated, the largest slope of its score by a generated value is %.1e; lower train.learning-rate or gan.discriminator-rate, or take fewer gan.discriminator-steps"
                    .formatted(weights[row])));
        kept[row] = false;
        whole = false;
      }
    }
    if (!whole) {
      replaceFailed();
      return false;
    }
    generator.backward();
    return restored(generator.solve(), "generator, on its way back: ");
  }

  private void fail(int row, Outcome outcome, String where) {
    Outcome why = outcome.isSolved() ? Outcome.NOT_FINITE : outcome;
    failures.add(new SampleFailure(block().id(row), why, where + why.sentence()));
    kept[row] = false;
  }

  /** From when on a generated path is no number. */
  private String place(int row) {
    int width = model.shape().width();
    for (int time = 0; time < model.shape().length(); time++) {
      discriminator.value(time).get(ofValues);
      for (int i = row * width; i < (row + 1) * width; i++) {
        if (!Double.isFinite(ofValues[i])) {
          return ", from time %s on".formatted(model.shape().times().get(time));
        }
      }
    }
    return "";
  }

  /** Rows that do not count do as the first that does. */
  private void replaceFailed() {
    int by = healthy();
    for (int row = 0; row < rows && by >= 0; row++) {
      if (!kept[row]) {
        ids[row] = ids[by];
        real.replace(row, by);
      }
    }
  }
}
