package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CallerAndThreadsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 40})
  void everyMemberWorksOnceARun(int others) {
    try (CallerAndThreads crew = new CallerAndThreads(others)) {
      assertThat(crew.size()).isEqualTo(others + 1);
      int[] counts = new int[others + 1]; // plain: what members write is seen by the caller
      for (int run = 1; run <= 2000; run++) {
        crew.run(member -> counts[member]++);
        int expected = run;
        assertThat(counts).containsOnly(expected);
      }
    }
  }

  @Test
  void membersWorkAtTheSameTimeAndTheCallerIsOneOfThem() {
    CountDownLatch all = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (CallerAndThreads crew = new CallerAndThreads(2)) {
      crew.run(
          member -> {
            threads.add(Thread.currentThread());
            all.countDown();
            await(all);
          });
    }
    assertThat(threads).hasSize(3).contains(Thread.currentThread());
  }

  @Test
  void thoseWhoFellAsleepAreWoken() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    try (CallerAndThreads crew = new CallerAndThreads(1)) {
      for (int run = 0; run < 20; run++) {
        crew.run(member -> calls.incrementAndGet());
        Thread.sleep(Duration.ofMillis(run).toMillis()); // longer than they stay awake, in the end
      }
    }
    assertThat(calls).hasValue(40);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aFailureComesOutOnceAllHaveEnded(int failing) {
    AtomicIntegerArray ended = new AtomicIntegerArray(2);
    try (CallerAndThreads crew = new CallerAndThreads(1)) {
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(
              () ->
                  crew.run(
                      member -> {
                        if (member == failing) {
                          throw new ArithmeticException("member " + member);
                        }
                        sleep(30);
                        ended.set(member, 1);
                      }))
          .withMessage("member " + failing);
      assertThat(ended.get(1 - failing)).isEqualTo(1);
      crew.run(member -> ended.set(member, 2));
      assertThat(ended.get(0) + ended.get(1)).isEqualTo(4);
    }
  }

  @Test
  void anInterruptIsKeptAndToldOnceAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();
    try (CallerAndThreads crew = new CallerAndThreads(1)) {
      Thread caller = Thread.currentThread();
      assertThatThrownBy(
              () ->
                  crew.run(
                      member -> {
                        if (member == 1) {
                          sleep(20); // the caller sleeps by now
                          caller.interrupt();
                          sleep(20);
                        }
                        ended.incrementAndGet();
                      }))
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended).hasValue(2);
    }
  }

  @Test
  void aClosedOneRefusesWork() {
    CallerAndThreads crew = new CallerAndThreads(1);
    crew.close();
    assertThatThrownBy(() -> crew.run(member -> {})).hasMessageContaining("closed");
  }

  private static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
