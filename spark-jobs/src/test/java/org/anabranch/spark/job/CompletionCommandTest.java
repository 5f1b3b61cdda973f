package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompletionCommandTest {
  @TempDir Path folder;

  /** What bash itself offers after the words. */
  private String offered(String... words) throws IOException, InterruptedException {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Anabranch.commandLine((configuration, options) -> 0);
    commandLine.setOut(new PrintWriter(out));
    assertThat(commandLine.execute("completion")).isZero();
    Path script = Files.writeString(folder.resolve("completion.bash"), out.toString());
    String ask =
        "source %s; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_anabranch; echo \"${COMPREPLY[@]}\""
            .formatted(script, String.join(" ", words), words.length - 1);
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    String reply = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(reply).isZero();
    return reply;
  }

  @Test
  void bashOffersCommands() throws Exception {
    assertThat(offered("anabranch", "tr").strip()).isEqualTo("train");
    assertThat(offered("anabranch", "re")).contains("resume");
    assertThat(offered("anabranch", "ch").strip()).isEqualTo("check");
  }

  @Test
  void bashOffersOptionsOfACommand() throws Exception {
    assertThat(offered("anabranch", "train", "--ove").strip()).isEqualTo("--overwrite");
    assertThat(offered("anabranch", "check", "--sa").strip()).isEqualTo("--samples");
  }
}
