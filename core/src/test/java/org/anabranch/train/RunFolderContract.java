package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every folder of a run does. */
abstract class RunFolderContract {
  /** An empty folder. */
  abstract RunFolder folder() throws IOException;

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
  void namesAreListedByTheirPrefixInAscendingOrder() throws IOException {
    RunFolder folder = folder();
    folder.write("b-2", bytes("x"));
    folder.write("a-1", bytes("x"));
    folder.write("b-1", bytes("x"));
    assertThat(folder.list("b-")).containsExactly("b-1", "b-2");
    assertThat(folder.list("")).containsExactly("a-1", "b-1", "b-2");
    assertThat(folder.list("c")).isEmpty();
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
  void appendedLinesFollowEachOther() throws IOException {
    RunFolder folder = folder();
    folder.append("metrics.jsonl", "{\"round\":1}");
    folder.append("metrics.jsonl", "{\"größe\":2}");
    assertThat(folder.read("metrics.jsonl")).isEqualTo(bytes("{\"round\":1}\n{\"größe\":2}\n"));
  }

  @Test
  void aLineWithALineEndInsideIsRefused() throws IOException {
    RunFolder folder = folder();
    assertThatThrownBy(() -> folder.append("a", "one\ntwo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one by one");
    assertThat(folder.exists("a")).isFalse();
  }

  @Test
  void linesThatAreNotRetainedAndAPartOfALineAreDropped() throws IOException {
    RunFolder folder = folder();
    folder.write("metrics.jsonl", bytes("1\n2\n3\n4\n{\"rou"));
    folder.retainLines("metrics.jsonl", line -> Integer.parseInt(line) <= 2);
    assertThat(folder.read("metrics.jsonl")).isEqualTo(bytes("1\n2\n"));
    folder.append("metrics.jsonl", "3");
    folder.retainLines("metrics.jsonl", line -> true);
    assertThat(folder.read("metrics.jsonl")).isEqualTo(bytes("1\n2\n3\n"));
  }

  @Test
  void retainingLinesOfAFileThatIsNotThereDoesNotMakeOne() throws IOException {
    RunFolder folder = folder();
    folder.retainLines("metrics.jsonl", line -> true);
    assertThat(folder.exists("metrics.jsonl")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".hidden", "a/b", "../a", "a\\b", "a b", "x.tmp-1", "/a"})
  void namesThatLeaveTheFolderOrHideAreRefused(String name) throws IOException {
    RunFolder folder = folder();
    assertThatThrownBy(() -> folder.write(name, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'" + name + "'", "without folders");
    assertThatThrownBy(() -> folder.read(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folder.delete(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folder.append(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
