package org.anabranch.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.train.Block;
import org.junit.jupiter.api.Test;

class TaskThreadsTest {
  private static List<Block> blocks(int count) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(Block.of(i, 1, 1, new long[] {i}, new float[] {i}, new float[] {0}));
    }
    return blocks;
  }

  private static List<Integer> drawn(TaskThreads.Source<Block> source) {
    List<Integer> numbers = new ArrayList<>();
    for (Block block = source.poll(); block != null; block = source.poll()) {
      numbers.add(block.number());
    }
    return numbers;
  }

  @Test
  void everyBlockIsDrawnOnceByWhicheverThreadIsFree() {
    List<List<Integer>> drawn =
        TaskThreads.each(4, blocks(1_000).iterator(), TaskThreadsTest::drawn);
    assertThat(drawn).hasSize(4);
    List<Integer> all = new ArrayList<>();
    drawn.forEach(all::addAll);
    assertThat(all).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void allThreadsWorkAtTheSameTime() {
    CountDownLatch started = new CountDownLatch(3);
    List<Boolean> met =
        TaskThreads.each(
            3,
            blocks(3).iterator(),
            source -> {
              started.countDown();
              try {
                return started.await(30, java.util.concurrent.TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(met).containsExactly(true, true, true);
  }

  @Test
  void oneThreadIsTheCallersOwn() {
    List<Thread> threads =
        TaskThreads.each(1, blocks(2).iterator(), source -> Thread.currentThread());
    assertThat(threads).containsExactly(Thread.currentThread());
    assertThat(TaskThreads.ofThisTask()).isEqualTo(1);
  }

  @Test
  void aFailureIsThrownWhoeverMeetsItAndAfterAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();
    for (int failing = 0; failing < 3; failing++) {
      int bad = failing;
      AtomicInteger number = new AtomicInteger();
      ended.set(0);
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  TaskThreads.each(
                      3,
                      blocks(9).iterator(),
                      source -> {
                        boolean fails = number.getAndIncrement() == bad;
                        drawn(source);
                        ended.incrementAndGet();
                        if (fails) {
                          throw new IllegalStateException("block %d is bad".formatted(bad));
                        }
                        return true;
                      }))
          .withMessageContaining("is bad");
      assertThat(ended).hasValue(3);
    }
  }
}
