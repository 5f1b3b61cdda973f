package org.anabranch.spark.averaging;

import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.spark.data.BlockChecksums;
import org.anabranch.train.Backends;
import org.anabranch.train.Block;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.ExactSum;
import org.anabranch.train.LocalRound;
import org.anabranch.train.LocalSteps;
import org.anabranch.train.Scales;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The local steps of the logical workers of one partition, which holds whole workers; nothing where
 * there are none. A thread takes one worker after another; the round's blocks of the partition are
 * in memory meanwhile.
 */
final class LocalStepsTask implements FlatMapFunction<Iterator<Block>, ExactSum> {
  private static final long serialVersionUID = 1;

  private final BlockWorkerFactory factory;
  private final Shipment start;
  private final LocalRound round;
  private final @Nullable Scales scales;
  private final Broadcast<BlockChecksums> checksums;

  LocalStepsTask(
      BlockWorkerFactory factory,
      Shipment start,
      LocalRound round,
      @Nullable Scales scales,
      Broadcast<BlockChecksums> checksums) {
    this.factory = factory;
    this.start = start;
    this.round = round;
    this.scales = scales;
    this.checksums = checksums;
  }

  @Override
  public Iterator<ExactSum> call(Iterator<Block> partition) {
    Map<Integer, Block> blocks = new HashMap<>();
    new ChosenBlocks(partition, round.blocks(), checksums.value())
        .forEachRemaining(block -> blocks.put(block.number(), block));
    Set<Integer> workers = round.workersOf(blocks.keySet());
    if (workers.isEmpty()) {
      return Collections.emptyIterator();
    }
    WorkerPool pool = WorkerPool.of(factory);
    double[] values = start.parameters();
    int threads = Math.min(TaskThreads.ofThisTask(), workers.size());
    List<ExactSum> sums =
        TaskThreads.each(
            threads,
            workers.iterator(),
            source ->
                pool.with(factory, worker -> added(pool.layout(), worker, values, source, blocks)));
    ExactSum sum = sums.get(0);
    sums.subList(1, sums.size()).forEach(sum::merge);
    return List.of(sum).iterator();
  }

  private ExactSum added(
      ParameterLayout layout,
      BlockWorker worker,
      double[] values,
      TaskThreads.Source<Integer> numbers,
      Map<Integer, Block> blocks) {
    ExactSum sum = LocalSteps.sum(layout, round.averaging(), scales);
    LocalSteps steps = new LocalSteps(Backends.named("simd"), round, layout, worker, values);
    for (Integer number = numbers.poll(); number != null; number = numbers.poll()) {
      sum.add(steps.run(number, blocks::get));
    }
    return sum;
  }
}
