package org.anabranch.train;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of a safetensors file (https://github.com/huggingface/safetensors, section "Format"),
 * which Python and Rust read too: named tensors and a map of strings. Immutable.
 *
 * <pre>
 *   8 bytes   N, the length of the header, unsigned, little endian; at most 100 MB
 *   N bytes   the header: a JSON object in UTF-8, padded with spaces to a multiple of 8
 *             {"__metadata__":{"key":"value"},
 *              "name":{"dtype":"F64","shape":[2,3],"data_offsets":[begin,end]}}
 *   the rest  the tensors' values, little endian, row by row; offsets count from here
 * </pre>
 *
 * <p>Writes I64 before F64 before F32, each in the order of their names, as the library in Rust
 * does: values are aligned, and equal content gives equal bytes. Reads what the format allows, as
 * far as types F32, F64 and I64 go, and checks everything before it trusts it: a damaged file gives
 * an {@link IOException} that names the file, and never more memory is asked for than the file has.
 * A file is held in one array, so it stays below 2 GB.
 */
public final class Safetensors {
  /** The longest header that the format allows. */
  static final int MAX_HEADER = 100_000_000;

  /** The header's place for the map of strings; no tensor can have this name. */
  static final String METADATA = "__metadata__";

  private static final int LENGTH_BYTES = 8;
  private static final int ALIGNMENT = 8;

  private final SortedMap<String, Tensor> tensors;
  private final SortedMap<String, String> metadata;

  /** The given content; the maps are copied. */
  public Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException(
          "Safetensors: a tensor is called '%s', which the format reserves. Rename it."
              .formatted(METADATA));
    }
    tensors.keySet().forEach(Safetensors::requireText);
    metadata.keySet().forEach(Safetensors::requireText);
    metadata.values().forEach(Safetensors::requireText);
    this.tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    this.metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  public SortedMap<String, Tensor> tensors() {
    return tensors;
  }

  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /** The whole file. Equal content gives equal bytes. */
  public byte[] toBytes() {
    List<String> names = new ArrayList<>(tensors.keySet());
    names.sort(
        Comparator.comparing((String name) -> tensor(name).type())
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    byte[] header = header(names);
    long size = (long) LENGTH_BYTES + header.length;
    for (String name : names) {
      size += tensor(name).bytes().remaining();
    }
    if (header.length > MAX_HEADER || size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          ("Safetensors: the file would have %d bytes and a header of %d; at most 2 GB and %d can be"
                  + " written. Split its tensors over several files.")
              .formatted(size, header.length, MAX_HEADER));
    }
    ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length).put(header);
    for (String name : names) {
      file.put(tensor(name).bytes());
    }
    return file.array();
  }

  /**
   * The content of a file.
   *
   * @param content all its bytes; the tensors read from this array, so do not write to it
   * @param name what errors call the file
   * @throws IOException if the file is truncated, damaged or uses another type
   */
  public static Safetensors read(byte[] content, String name) throws IOException {
    if (content.length < LENGTH_BYTES) {
      throw truncated(name, content.length, "at least " + LENGTH_BYTES);
    }
    ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long length = file.getLong();
    if (length < 2 || length > MAX_HEADER) {
      throw new IOException(
          ("%s: the first 8 bytes say that its header has %s bytes; expected 2 to %d. It is no"
                  + " safetensors file, or damaged: fetch or write it again.")
              .formatted(name, Long.toUnsignedString(length), MAX_HEADER));
    }
    if (length > file.remaining()) {
      throw truncated(name, content.length, "at least " + (LENGTH_BYTES + length));
    }
    ByteBuffer header = file.slice(LENGTH_BYTES, (int) length);
    long data = content.length - LENGTH_BYTES - length;
    SafetensorsHeader parsed = SafetensorsHeader.parse(text(header, name), name);
    long described = parsed.requireContiguous();
    if (described > data) {
      throw truncated(name, content.length, String.valueOf(LENGTH_BYTES + length + described));
    }
    if (described < data) {
      throw new IOException(
          ("%s: it has %d bytes, but its header describes only %d. It is damaged: fetch or write it"
                  + " again.")
              .formatted(name, content.length, LENGTH_BYTES + length + described));
    }
    Map<String, Tensor> tensors = new TreeMap<>();
    for (SafetensorsHeader.Entry entry : parsed.entries()) {
      ByteBuffer values =
          file.slice(
              LENGTH_BYTES + (int) (length + entry.begin()), (int) (entry.end() - entry.begin()));
      tensors.put(entry.name(), new Tensor(entry.type(), entry.shape(), values));
    }
    return new Safetensors(tensors, parsed.metadata());
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new AssertionError("Safetensors: no tensor '%s' in %s".formatted(name, tensors));
    }
    return tensor;
  }

  private byte[] header(List<String> names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (String name : names) {
        begin = writeEntry(json, name, begin);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("Safetensors: writing to an array does not fail", e);
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  /** Where the tensor's values end. */
  private long writeEntry(JsonGenerator json, String name, long begin) throws IOException {
    Tensor tensor = tensor(name);
    long end = begin + tensor.bytes().remaining();
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", tensor.type().name());
    json.writeArrayFieldStart("shape");
    for (int extent : tensor.shape()) {
      json.writeNumber(extent);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data_offsets");
    json.writeNumber(begin);
    json.writeNumber(end);
    json.writeEndArray();
    json.writeEndObject();
    return end;
  }

  private static String text(ByteBuffer header, String name) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(header).toString(); // reports bad input
    } catch (CharacterCodingException e) {
      throw new IOException(
          "%s: its header is no valid UTF-8. It is damaged: fetch or write it again."
              .formatted(name),
          e);
    }
  }

  private static void requireText(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "Safetensors: '%s' has half a surrogate pair, which UTF-8 cannot hold. Leave it out."
              .formatted(text));
    }
  }

  private static IOException truncated(String name, int actual, String expected) {
    return new IOException(
        "%s: it is truncated: %d bytes, expected %s. Fetch or write it again."
            .formatted(name, actual, expected));
  }
}
