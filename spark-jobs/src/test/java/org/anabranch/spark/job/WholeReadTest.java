package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WholeReadTest {
  private final AtomicInteger version = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  /** What a file gives that is replaced during so many first readings. */
  private byte[] replacedDuring(int first) throws IOException {
    return WholeRead.of(
        "run/model.json",
        version::get,
        () -> {
          if (reads.incrementAndGet() <= first) {
            version.incrementAndGet();
            throw new IOException("Blocklist for /run/model.json has changed!");
          }
          return new byte[] {(byte) version.get()};
        });
  }

  @Test
  void aFileThatIsReplacedWhileItIsReadIsOpenedAgain() throws IOException {
    assertThat(replacedDuring(WholeRead.ATTEMPTS - 1)).containsExactly(WholeRead.ATTEMPTS - 1);
  }

  @Test
  void oneThatIsReplacedEachTimeIsGivenUpWithASentence() {
    assertThatThrownBy(() -> replacedDuring(Integer.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("run/model.json", "5 times", "Blocklist", "Try again");
    assertThat(reads).hasValue(WholeRead.ATTEMPTS);
  }

  @Test
  void afterAFailureOfAnotherKindItIsNotOpenedAgain() {
    IOException broken = new IOException("Could not obtain block");
    assertThatThrownBy(
            () ->
                WholeRead.of(
                    "a",
                    version::get,
                    () -> {
                      reads.incrementAndGet();
                      throw broken;
                    }))
        .isSameAs(broken);
    assertThat(reads).hasValue(1);
  }
}
