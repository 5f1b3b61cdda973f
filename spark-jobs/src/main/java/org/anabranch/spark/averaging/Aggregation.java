package org.anabranch.spark.averaging;

import java.util.List;
import org.anabranch.spark.data.DataProblem;
import org.anabranch.train.ExactSum;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/**
 * How the sums of partitions come together. Both ways give the same bits.
 *
 * <p>A stage more costs a fixed time, a sum more at the driver a time that grows with its size;
 * measured in {@code docs/rounds.md}.
 */
enum Aggregation {
  /** The driver adds them up; only partitions with chosen blocks run a task. */
  COLLECT {
    @Override
    @Nullable ExactSum run(JavaRDD<ExactSum> sums, int[] partitions) {
      ExactSum total = null;
      for (List<ExactSum> ofPartition : sums.collectPartitions(partitions)) {
        for (ExactSum sum : ofPartition) {
          total = total == null ? sum : merge(total, sum);
        }
      }
      return total;
    }
  },
  /** Executors add up groups of them first. */
  TREE {
    @Override
    @Nullable ExactSum run(JavaRDD<ExactSum> sums, int[] partitions) {
      return partitions.length == 0 ? null : sums.treeReduce(Aggregation::merge, 2);
    }
  };

  /** More bytes than these do not go to the driver one by one. */
  private static final long MOST_COLLECTED_BYTES = 1L << 27;

  static Aggregation best(int parameters, int partitions) {
    return (long) Long.BYTES * parameters * partitions > MOST_COLLECTED_BYTES ? TREE : COLLECT;
  }

  /** The total, or null if no partition has a chosen block. */
  @Nullable ExactSum total(JavaRDD<ExactSum> sums, int[] partitions) {
    return DataProblem.surfacing(() -> run(sums, partitions));
  }

  abstract @Nullable ExactSum run(JavaRDD<ExactSum> sums, int[] partitions);

  private static ExactSum merge(ExactSum total, ExactSum sum) {
    total.merge(sum);
    return total;
  }
}
