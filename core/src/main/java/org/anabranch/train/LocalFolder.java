package org.anabranch.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's folder on a file system of this machine. A file is written under a temporary name in the
 * same folder, forced to the disk, and moved in one step; then the folder is forced to the disk
 * too, so that the new name survives a loss of power.
 */
public final class LocalFolder implements RunFolder {
  private final Path folder;

  private LocalFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder, makes it if there is none, and deletes what a stopped process was writing.
   *
   * @throws IOException if it cannot be made or read
   */
  public static LocalFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path file : files(folder)) {
      if (name(file).contains(TEMPORARY)) {
        Files.deleteIfExists(file);
      }
    }
    return new LocalFolder(folder);
  }

  /** A folder that is there. Nothing in it is touched: another process may be writing. */
  public static LocalFolder existing(Path folder) {
    return new LocalFolder(folder);
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    Path target = folder.resolve(RunFolder.checked(name));
    Path temporary = folder.resolve(name + TEMPORARY + ProcessHandle.current().pid());
    try {
      put(
          temporary,
          content,
          true,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    forceFolder();
  }

  @Override
  public byte[] read(String name) throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(RunFolder.checked(name)));
    } catch (NoSuchFileException e) {
      throw new IOException(
          "%s: there is no file '%s'. Check that this is the folder of the run."
              .formatted(folder, name),
          e);
    }
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(folder.resolve(RunFolder.checked(name)));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return files(folder).stream()
        .map(LocalFolder::name)
        .filter(name -> name.startsWith(prefix) && !name.contains(TEMPORARY))
        .sorted()
        .toList();
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(RunFolder.checked(name)));
  }

  /**
   * Adds the line without forcing it to the disk: a stopped process loses nothing, a loss of power
   * may lose the last lines.
   */
  @Override
  public void append(String name, String line) throws IOException {
    Path target = folder.resolve(RunFolder.checked(name));
    byte[] content = (RunFolder.checkedLine(line) + '\n').getBytes(StandardCharsets.UTF_8);
    put(target, content, false, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public String location() {
    return folder.toString();
  }

  @Override
  public String toString() {
    return location();
  }

  private static void put(Path file, byte[] content, boolean force, OpenOption... options)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, options)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (force) {
        channel.force(true);
      }
    }
  }

  /** Windows cannot open a folder and needs no force; elsewhere a failure to force is reported. */
  private void forceFolder() throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
