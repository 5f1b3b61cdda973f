package org.anabranch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundCurveTest {
  private static final String LINES =
      """
      [main] INFO kernels
      {"step":0,"seconds":0.0,"loss":900.0}
      {"step": 10, "seconds": 8.0, "loss": 300.0, "misfit": 1}
      {"step":20,"seconds":15.0,"loss":400.0}
      {"step":30,"seconds":22.0,"loss":200.0}
      """;

  @TempDir private Path folder;

  private BoundCurve read(String text, double stepSeconds) throws IOException {
    Path file = folder.resolve("lines");
    Files.writeString(file, text);
    return BoundCurve.read("ours", file, stepSeconds);
  }

  @Test
  void linesGiveStepsSecondsAndBounds() throws IOException {
    BoundCurve curve = read(LINES, 0);
    assertThat(curve.steps()).containsExactly(0.0, 10.0, 20.0, 30.0);
    assertThat(curve.seconds()).containsExactly(0.0, 8.0, 15.0, 22.0);
    assertThat(curve.bestUntil(25)).isEqualTo(300);
    assertThat(curve.secondsTo(350)).isEqualTo(8);
    assertThat(curve.secondsTo(100)).isNaN();
  }

  @Test
  void stepsMeasuredApartGiveTheSeconds() throws IOException {
    assertThat(read(LINES, 0.5).seconds()).containsExactly(0.0, 5.0, 10.0, 15.0);
  }

  @Test
  void aFileWithoutLinesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("nothing\n", 0))
        .withMessageContaining("no evaluation");
  }
}
