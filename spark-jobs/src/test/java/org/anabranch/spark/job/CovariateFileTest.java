package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CovariateFileTest {
  private static final List<String> NAMES = List.of("u", "v");
  @TempDir Path folder;

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("given.csv"), text).toString();
  }

  @Test
  void numbersComeInTheOrderOfTheModelNotOfTheFile() throws Exception {
    float[] read = CovariateFile.read(file("v,other,u\n1,x,2\n\n3,y,4\n"), NAMES);
    assertThat(read).containsExactly(2, 1, 4, 3);
  }

  @Test
  void aValueThatIsNoNumberIsToldWithItsLineBehindEmptyOnes() throws Exception {
    String file = file("u,v\n1,2\n\n\n3,much\n");
    assertThatThrownBy(() -> CovariateFile.read(file, NAMES))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("given.csv:5: column 'v' is 'much'")
        .hasMessageContaining("Mend the row");
  }

  @Test
  void columnsRowsAndFilesThatAreMissingAreTold() throws Exception {
    String other = file("u,w\n1,2\n");
    assertThatThrownBy(() -> CovariateFile.read(other, NAMES))
        .hasMessageContaining("no column 'v' among [u, w]");
    String none = folder.resolve("none.csv").toString();
    assertThatThrownBy(() -> CovariateFile.read(none, NAMES))
        .isInstanceOf(Mistake.class)
        .hasMessageContaining("none.csv: no such file")
        .hasMessageContaining("columns u, v");
    String empty = file("u,v\n");
    assertThatThrownBy(() -> CovariateFile.read(empty, NAMES)).hasMessageContaining("no row");
  }
}
