package org.anabranch.spark.averaging;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.anabranch.spark.data.BlockChecksums;
import org.anabranch.train.Block;
import org.anabranch.train.BlockWorker;
import org.anabranch.train.BlockWorkerFactory;
import org.anabranch.train.ExactSum;
import org.anabranch.train.Scales;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** The sum over the chosen blocks of one partition; nothing where there are none. */
final class GradientTask implements FlatMapFunction<Iterator<Block>, ExactSum> {
  private static final long serialVersionUID = 1;

  private final BlockWorkerFactory factory;
  private final Shipment shipment;
  private final long step;
  private final Set<Integer> chosen;
  private final @Nullable Scales scales;
  private final Broadcast<BlockChecksums> checksums;

  GradientTask(
      BlockWorkerFactory factory,
      Shipment shipment,
      long step,
      Set<Integer> chosen,
      @Nullable Scales scales,
      Broadcast<BlockChecksums> checksums) {
    this.factory = factory;
    this.shipment = shipment;
    this.step = step;
    this.chosen = chosen;
    this.scales = scales;
    this.checksums = checksums;
  }

  @Override
  public Iterator<ExactSum> call(Iterator<Block> partition) {
    ChosenBlocks blocks = new ChosenBlocks(partition, chosen, checksums.value());
    if (!blocks.hasNext()) {
      return Collections.emptyIterator();
    }
    WorkerPool pool = WorkerPool.of(factory);
    List<ExactSum> sums =
        TaskThreads.each(
            TaskThreads.ofThisTask(),
            blocks,
            source ->
                pool.with(
                    factory,
                    shipment,
                    worker -> added(ExactSum.empty(pool.layout(), scales), worker, source)));
    ExactSum sum = sums.get(0);
    sums.subList(1, sums.size()).forEach(sum::merge);
    return List.of(sum).iterator();
  }

  private ExactSum added(ExactSum sum, BlockWorker worker, TaskThreads.Source<Block> blocks) {
    for (Block block = blocks.poll(); block != null; block = blocks.poll()) {
      sum.add(worker.gradient(block, step));
    }
    return sum;
  }
}
