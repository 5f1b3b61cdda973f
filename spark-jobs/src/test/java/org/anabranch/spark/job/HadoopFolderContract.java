package org.anabranch.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.RunFolder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What a run's folder does on a file system of Hadoop. */
abstract class HadoopFolderContract {
  /** An empty folder that nobody else uses. */
  abstract Path root();

  abstract Configuration configuration();

  private RunFolder folder() throws IOException {
    return HadoopFolder.open(root(), configuration());
  }

  @Test
  void whatIsWrittenIsReadAndReplacedAsAWhole() throws IOException {
    RunFolder folder = folder();
    folder.write("a.json", bytes("a longer content"));
    folder.write("a.json", bytes("short"));
    assertThat(folder.read("a.json")).isEqualTo(bytes("short"));
    folder.write("empty", new byte[0]);
    assertThat(folder.read("empty")).isEmpty();
  }

  @Test
  void aReaderNeverSeesAPartOfAFileThatIsBeingReplaced() throws Exception {
    RunFolder folder = folder();
    byte[] old = new byte[100_000];
    byte[] young = new byte[100_000];
    Arrays.fill(young, (byte) 1);
    folder.write("a", old);
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 20; i++) {
                  folder.write("a", i % 2 == 0 ? young : old);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              } finally {
                stop.set(true);
              }
            });
    writer.start();
    int reads = 0;
    while (!stop.get()) {
      byte[] content = folder.read("a");
      assertThat(content).hasSize(100_000);
      assertThat(content[99_999]).isEqualTo(content[0]);
      reads++;
    }
    writer.join();
    assertThat(reads).isPositive();
  }

  @Test
  void namesAreListedByTheirPrefixWithoutFoldersAndWhatIsBeingWritten() throws IOException {
    RunFolder folder = folder();
    folder.write("b-2", bytes("x"));
    folder.write("a-1", bytes("x"));
    folder.write("b-1", bytes("x"));
    FileSystem files = root().getFileSystem(configuration());
    files.mkdirs(new Path(root(), "b-folder"));
    files.create(new Path(root(), "b-3.tmp-77")).close();
    assertThat(folder.list("b-")).containsExactly("b-1", "b-2");
    assertThat(folder.list("")).containsExactly("a-1", "b-1", "b-2");
    folder();
    assertThat(files.exists(new Path(root(), "b-3.tmp-77"))).isFalse();
  }

  @Test
  void aDeletedFileIsGoneAndDeletingItAgainDoesNothing() throws IOException {
    RunFolder folder = folder();
    folder.write("a", bytes("x"));
    assertThat(folder.exists("a")).isTrue();
    folder.delete("a");
    folder.delete("a");
    assertThat(folder.exists("a")).isFalse();
  }

  @Test
  void readingAFileThatIsNotThereNamesIt() throws IOException {
    RunFolder folder = folder();
    assertThatThrownBy(() -> folder.read("model.json"))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(folder.location(), "model.json");
  }

  @Test
  void appendedLinesFollowEachOtherAndCanBeRetained() throws IOException {
    RunFolder folder = folder();
    folder.append("metrics.jsonl", "1");
    folder.append("metrics.jsonl", "2 größer");
    folder.append("metrics.jsonl", "3");
    assertThat(folder.read("metrics.jsonl")).isEqualTo(bytes("1\n2 größer\n3\n"));
    folder.retainLines("metrics.jsonl", line -> !line.startsWith("2"));
    folder.append("metrics.jsonl", "4");
    assertThat(folder.read("metrics.jsonl")).isEqualTo(bytes("1\n3\n4\n"));
  }

  @Test
  void namesThatLeaveTheFolderAreRefused() throws IOException {
    RunFolder folder = folder();
    assertThatThrownBy(() -> folder.write("../a", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folder.append("a", "one\ntwo"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void checkpointsLiveThere() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder());
    for (int round = 1; round <= 3; round++) {
      checkpoints.save(
          Checkpoint.of(
              round,
              Map.of("parameters", new double[] {round}),
              Map.of(Checkpoint.FINGERPRINT, "f")));
    }
    assertThat(new Checkpoints(folder()).latest("f", warning -> {}))
        .hasValueSatisfying(checkpoint -> assertThat(checkpoint.round()).isEqualTo(3));
    assertThat(folder().list("checkpoint-")).hasSize(2);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
