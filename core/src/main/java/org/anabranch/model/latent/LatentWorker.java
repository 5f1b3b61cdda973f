package org.anabranch.model.latent;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.solver.Outcome;
import org.anabranch.solver.Outcomes;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.SampleFailure;

/**
 * The negative evidence lower bound of a block, with its divergences weighed by the step, and its
 * gradient. Noise is a function of (seed, step, place of the sample in the data); evaluations are
 * with the whole divergences and noise that is always the same.
 *
 * <p>A sample whose posterior leaves the numbers is put at weight zero, another one of the block
 * takes its place with its noise, and the block is computed again.
 */
final class LatentWorker implements BlockWorker {
  /** The step of evaluations: none of the training's. */
  private static final long EVALUATION = -1;

  private final LatentSde model;
  private final int rows;
  private final LatentTile tile;
  private final Outcomes outcomes;
  private final long[] ids;
  private final double[] weights;
  private final List<SampleFailure> failures = new ArrayList<>();
  private double divergenceWeight;

  LatentWorker(LatentSde model, Backend backend, int capacity, long seed) {
    this.model = model;
    rows = capacity;
    tile = new LatentTile(model, backend, seed, capacity);
    outcomes = new Outcomes(capacity, model.equation().state() + 1);
    ids = new long[capacity];
    weights = new double[capacity];
  }

  @Override
  public void load(double[] parameters) {
    tile.load(parameters);
  }

  @Override
  public BlockResult gradient(Block block) {
    return gradient(block, 0);
  }

  @Override
  public BlockResult gradient(Block block, long step) {
    take(block, step);
    divergenceWeight = model.objective().weight(step);
    double[] gradient = {};
    boolean whole = false;
    while (!whole && healthy() >= 0) {
      whole = solve(block);
      if (whole) {
        gradient = tile.backward();
        whole = isRestored(block);
      }
    }
    return whole
        ? result(block, gradient)
        : new BlockResult(block.number(), new double[model.layout().size()], 0, 0, 0, failures, 0);
  }

  @Override
  public BlockResult evaluate(Block block, long[][] confusion) {
    take(block, EVALUATION);
    divergenceWeight = 1;
    boolean whole = false;
    while (!whole && healthy() >= 0) {
      whole = solve(block);
    }
    return whole
        ? result(block, new double[0])
        : new BlockResult(block.number(), new double[0], 0, 0, 0, failures, 0);
  }

  private void take(Block block, long step) {
    failures.clear();
    tile.observations().take(block);
    for (int row = 0; row < rows; row++) {
      boolean real = row < block.rows();
      weights[row] = real ? 1 : 0;
      long place = (long) block.number() * rows + (real ? row : 0);
      ids[row] = (step << Integer.SIZE) | (place & 0xFFFFFFFFL);
    }
  }

  /** The first row that counts; -1 if none does. */
  private int healthy() {
    for (int row = 0; row < rows; row++) {
      if (weights[row] != 0) {
        return row;
      }
    }
    return -1;
  }

  /** False if a row failed and was replaced. */
  private boolean solve(Block block) {
    tile.forward(ids, weights, divergenceWeight);
    outcomes.judge(tile.solve().solve());
    boolean whole = true;
    for (int row = 0; row < block.rows(); row++) {
      Outcome outcome = outcomes.outcome(row);
      boolean finite = Double.isFinite(loss(row));
      if (weights[row] != 0 && !(outcome.isSolved() && finite)) {
        fail(block, row, outcome.isSolved() ? Outcome.NOT_FINITE : outcome);
        whole = false;
      }
    }
    return whole || replaceFailed();
  }

  /**
   * A sample that does not come back to its start has left the exact range on the way: it fails.
   */
  private boolean isRestored(Block block) {
    boolean whole = true;
    for (int row = 0; row < block.rows() && tile.solve().isBitExact(); row++) {
      if (weights[row] != 0 && !tile.solve().isRestored(row)) {
        fail(block, row, Outcome.OUT_OF_RANGE);
        whole = false;
      }
    }
    return whole || replaceFailed();
  }

  private void fail(Block block, int row, Outcome outcome) {
    String parts =
        " (misfit %.3g, divergence of the start %.3g, of the path %.3g)"
            .formatted(
                tile.misfits()[row], tile.startDivergences()[row], tile.pathDivergences()[row]);
    failures.add(new SampleFailure(block.id(row), outcome, outcome.sentence() + parts));
    weights[row] = 0;
  }

  /** Rows that do not count do as the first that does; false, since nothing is computed yet. */
  private boolean replaceFailed() {
    int by = healthy();
    for (int row = 0; row < rows && by >= 0; row++) {
      if (weights[row] == 0) {
        ids[row] = ids[by];
        tile.observations().replace(row, by);
      }
    }
    return false;
  }

  private double loss(int row) {
    double divergence = tile.startDivergences()[row] + tile.pathDivergences()[row];
    return tile.misfits()[row] + divergenceWeight * divergence;
  }

  private BlockResult result(Block block, double[] gradient) {
    double loss = 0;
    long weight = 0;
    double worstDefect = 0;
    for (int row = 0; row < block.rows(); row++) {
      if (weights[row] != 0) {
        loss += loss(row);
        weight++;
        worstDefect = Math.max(worstDefect, outcomes.defect(row));
      }
    }
    return new BlockResult(block.number(), gradient, loss, weight, 0, failures, worstDefect);
  }

  /** For what its parts are: see {@link LatentTile#misfits}. */
  LatentTile tile() {
    return tile;
  }
}
