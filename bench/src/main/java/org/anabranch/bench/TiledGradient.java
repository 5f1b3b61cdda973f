package org.anabranch.bench;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.Backend;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.gradient.GradientMode;
import org.anabranch.solver.Method;
import org.anabranch.solver.Stepping;
import org.anabranch.solver.TimeGrid;
import org.jspecify.annotations.Nullable;

/** Loss and gradient of all samples of workload W5 on a {@link TilePool}. */
final class TiledGradient implements AutoCloseable {
  private static final int TILE_ROWS = 64;

  private final OdeProblem problem;
  private final List<float[]> tiles = new ArrayList<>();
  private final @Nullable StepCounts[] steps;
  private final Stepping stepping;
  private final List<TileWorker> workers = new ArrayList<>();
  private final TilePool pool;

  TiledGradient(
      OdeProblem problem, Method method, GradientMode mode, Stepping stepping, int threads) {
    this.problem = problem;
    this.stepping = stepping;
    int rows = tileRows(problem.rows(), TILE_ROWS);
    for (int first = 0; first < problem.rows(); first += rows) {
      tiles.add(problem.initialValues(first, rows));
    }
    steps = new StepCounts[tiles.size()];
    Backend backend = new SimdBackend();
    List<TilePool.Work> works = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      TileWorker worker = new TileWorker(backend, problem, method, mode, stepping, rows);
      workers.add(worker);
      works.add(work(worker));
    }
    pool = new TilePool(works, tiles.size(), problem.layout().size());
  }

  /** The rows of a tile of a batch. */
  static int tileRows(int batch, int most) {
    int rows = Math.min(most, batch);
    if (batch % rows != 0) {
      throw new IllegalArgumentException(
          "The batch has %d samples, which is no multiple of the %d of a tile. Use such a batch."
              .formatted(batch, rows));
    }
    return rows;
  }

  private TilePool.Work work(TileWorker worker) {
    return new TilePool.Work() {
      @Override
      public void load() {
        worker.load(problem.parameters());
      }

      @Override
      public double run(int tile, double[] gradient) {
        double loss = worker.run(tiles.get(tile), gradient);
        if (steps[tile] == null) { // every run takes the same steps
          steps[tile] = worker.steps();
        }
        return loss;
      }
    };
  }

  /** Computes {@link #loss} and gradient. */
  void run() {
    pool.run();
  }

  /** The identities of the threads that solve; they start in the first {@link #run}. */
  long[] threadIds() {
    return pool.threadIds();
  }

  /** How many solves a {@link #run} is made of. */
  int tiles() {
    return tiles.size();
  }

  /** Of the last {@link #run}. */
  double loss() {
    return pool.loss();
  }

  /** The steps of the last {@link #run}: of all samples, or of one where all take the same. */
  StepCounts steps() {
    if (stepping instanceof TimeGrid grid) {
      return StepCounts.of(grid);
    }
    StepCounts sum = StepCounts.NONE;
    for (StepCounts tile : steps) {
      sum = tile == null ? sum : sum.plus(tile);
    }
    return sum;
  }

  /** The gradient mode in use, settled for the method and the stepping. */
  GradientMode mode() {
    return workers.get(0).mode();
  }

  /** Euclidean, over all weights, after the last {@link #run}. */
  double gradientNorm() {
    return pool.gradientNorm();
  }

  /** The bytes reserved for the solves of all threads, and for the gradients of the tiles. */
  long bytes() {
    return workers.stream().mapToLong(TileWorker::bytes).sum() + pool.bytes();
  }

  @Override
  public void close() {
    pool.close();
  }
}
