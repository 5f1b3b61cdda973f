package org.anabranch.spark.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.anabranch.model.paths.PathModel;
import org.anabranch.model.paths.PathSampler;
import org.anabranch.model.paths.PathShape;
import org.anabranch.train.Backends;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Paths drawn from a model on the cluster. A path is a function of (parameters, seed, its number,
 * its covariates), so the number of tasks does not change a bit.
 */
final class GeneratedPaths {
  /** Paths that go through the generator together. */
  private static final int TILE = 64;

  /** Paths that a task draws before it hands them on: a task holds no more. */
  private static final int PORTION = 1024;

  private GeneratedPaths() {}

  /**
   * One path.
   *
   * @param number from 0
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Path(long number, float[] values, float[] covariates) implements Serializable {
    boolean isFinite() {
      for (float value : values) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @param covariates of the paths, row by row; where there are more paths, from the first again
   * @param lost told of those that are not finite
   */
  static JavaRDD<Path> draw(
      JavaSparkContext spark,
      PathModel model,
      double[] parameters,
      String backend,
      long seed,
      long count,
      float[] covariates,
      LostPaths lost) {
    long portions = (count + PORTION - 1) / PORTION;
    int tasks = (int) Math.min(portions, Math.max(1, 4L * spark.defaultParallelism()));
    List<Integer> numbers = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      numbers.add(task);
    }
    Task task =
        new Task(
            model.toJson(), parameters, backend, seed, count, portions, tasks, covariates, lost);
    return spark.parallelize(numbers, tasks).flatMap(task);
  }

  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Task(
      String model,
      double[] parameters,
      String backend,
      long seed,
      long count,
      long portions,
      int tasks,
      float[] covariates,
      LostPaths lost)
      implements FlatMapFunction<Integer, Path> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<Path> call(Integer task) {
      PathModel made = PathModels.parse(model);
      PathSampler sampler = made.sampler(Backends.named(backend), TILE);
      sampler.load(parameters);
      long from = portions * task / tasks;
      long to = portions * (task + 1) / tasks;
      Iterable<Long> own = () -> LongStream.range(from, to).iterator();
      return StreamSupport.stream(own.spliterator(), false)
          .flatMap(portion -> portion(made.shape(), sampler, portion).stream())
          .iterator();
    }

    private List<Path> portion(PathShape shape, PathSampler sampler, long portion) {
      long first = portion * PORTION;
      int size = (int) Math.min(PORTION, count - first);
      int width = shape.covariates().size();
      float[] given = new float[size * width];
      for (int i = 0; i < given.length; i++) {
        long path = first + i / width;
        long rows = covariates.length / width;
        given[i] = covariates[(int) (path % rows) * width + i % width];
      }
      float[] values = new float[size * shape.values()];
      sampler.sample(seed, first, size, given, values);
      List<Path> paths = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        paths.add(
            new Path(
                first + i,
                Arrays.copyOfRange(values, i * shape.values(), (i + 1) * shape.values()),
                Arrays.copyOfRange(given, i * width, (i + 1) * width)));
      }
      lost.add(first, paths.stream().filter(path -> !path.isFinite()).count());
      return paths;
    }
  }
}
