package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anabranch.spark.job.RunOptions.Reuse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ResumeCommandTest {
  private final StringWriter error = new StringWriter();
  private @TempDir Path folder;
  private @Nullable TrainingConfiguration received;
  private @Nullable RunOptions options;

  private int run(String... arguments) {
    CommandLine commandLine =
        Anabranch.commandLine(
            (configuration, given) -> {
              received = configuration;
              options = given;
              return 0;
            });
    commandLine.setErr(new PrintWriter(error));
    return commandLine.execute(arguments);
  }

  private void leaveConfiguration() throws IOException {
    Files.writeString(folder.resolve(RunFiles.SUMMARY), "{\"program\": \"anabranch\"}");
    Files.writeString(
        folder.resolve(RunFiles.CONFIGURATION),
        "name = toy\ndata.path = x.csv\ndata.classes = 2\nout = elsewhere\ntrain.epochs = 3\n");
  }

  @Test
  void goesOnInTheFolderByTheConfigurationThatLiesThere() throws IOException {
    leaveConfiguration();
    assertThat(run("resume", folder.toString())).as(error.toString()).isZero();
    assertThat(options.reuse()).isEqualTo(Reuse.RESUME);
    assertThat(received.out()).isEqualTo(folder.toString());
    assertThat(received.name()).isEqualTo("toy");
    assertThat(received.train().epochs()).isEqualTo(3);
    assertThat(received.spark().masterWritten()).isFalse();
  }

  @Test
  void settingsAndMasterOfTheCommandLineWin() throws IOException {
    leaveConfiguration();
    String uri = folder.toUri().toString();
    assertThat(run("resume", uri, "train.epochs=7", "--master", "local[2]")).isZero();
    assertThat(received.train().epochs()).isEqualTo(7);
    assertThat(received.spark().master()).isEqualTo("local[2]");
  }

  @Test
  void aFolderWithoutARunIsRefusedInASentence() {
    assertThat(run("resume", folder.toString())).isEqualTo(ExitCode.MISTAKE);
    assertThat(error.toString())
        .contains(folder.toString(), "not the folder of a run")
        .doesNotContain("\tat ");
  }
}
