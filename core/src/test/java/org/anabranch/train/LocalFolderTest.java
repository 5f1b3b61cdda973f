package org.anabranch.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest extends RunFolderContract {
  @TempDir Path temporary;

  @Override
  RunFolder folder() throws IOException {
    return LocalFolder.open(temporary.resolve("runs/one"));
  }

  @Test
  void aFileThatWasBeingWrittenIsNotListedAndIsDeletedOnOpening() throws IOException {
    RunFolder folder = folder();
    folder.write("a", bytes("x"));
    Path leftover = temporary.resolve("runs/one/a.tmp-4711");
    Files.write(leftover, bytes("half"));
    assertThat(folder.list("")).containsExactly("a");
    assertThat(folder().list("")).containsExactly("a");
    assertThat(leftover).doesNotExist();
    assertThat(folder.read("a")).isEqualTo(bytes("x"));
  }

  @Test
  void writingLeavesNothingElseInTheFolder() throws IOException {
    RunFolder folder = folder();
    folder.write("a", bytes("x"));
    folder.write("a", bytes("y"));
    try (var files = Files.list(temporary.resolve("runs/one"))) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a");
    }
  }

  @Test
  void foldersInsideAreNotListed() throws IOException {
    RunFolder folder = folder();
    Files.createDirectory(temporary.resolve("runs/one/checkpoint-old"));
    assertThat(folder.list("")).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> LocalFolder.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}
