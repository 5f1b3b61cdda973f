package org.anabranch.train;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON header of a {@link Safetensors} file, read token by token: what the format does not
 * foresee is an error at once, so depth and memory stay within the header's own size.
 */
final class SafetensorsHeader {
  /** A tensor's place: its values are the bytes from begin to end of the data. */
  record Entry(String name, Tensor.Type type, List<Integer> shape, long begin, long end) {}

  /**
   * Names are not looked up in a table shared by all headers: a hostile file could fill it, or make
   * it fail.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final String file;
  private final JsonParser json;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, String> metadata = new TreeMap<>();

  private SafetensorsHeader(String file, JsonParser json) {
    this.file = file;
    this.json = json;
  }

  static SafetensorsHeader parse(String header, String file) throws IOException {
    try (JsonParser json = JSON.createParser(header)) {
      SafetensorsHeader parsed = new SafetensorsHeader(file, json);
      parsed.readAll(header);
      return parsed;
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: its header is no valid JSON (%s). It is damaged: fetch or write it again."
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  List<Entry> entries() {
    return entries;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The number of bytes that the tensors have together.
   *
   * @throws IOException if there are gaps or overlaps between them, or before the first
   */
  long requireContiguous() throws IOException {
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw damaged(
            "tensor '%s' starts at byte %d of the data, expected %d, without gap or overlap"
                .formatted(entry.name(), entry.begin(), end));
      }
      end = entry.end();
    }
    return end;
  }

  private void readAll(String header) throws IOException {
    if (!header.startsWith("{")) {
      throw damaged("its header does not start with '{'");
    }
    require(json.nextToken(), JsonToken.START_OBJECT, "an object");
    for (String name = nextName(); name != null; name = nextName()) {
      if (name.equals(Safetensors.METADATA)) {
        readMetadata();
      } else {
        entries.add(readEntry(name));
      }
    }
    require(json.nextToken(), null, "nothing after the header's object");
  }

  private void readMetadata() throws IOException {
    require(
        json.nextToken(), JsonToken.START_OBJECT, "an object of strings as " + json.currentName());
    for (String key = nextName(); key != null; key = nextName()) {
      require(json.nextToken(), JsonToken.VALUE_STRING, "a string as metadata '%s'".formatted(key));
      metadata.put(key, json.getText());
    }
  }

  private Entry readEntry(String name) throws IOException {
    require(json.nextToken(), JsonToken.START_OBJECT, "an object as tensor '%s'".formatted(name));
    Tensor.Type type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    for (String key = nextName(); key != null; key = nextName()) {
      switch (key) {
        case "dtype" -> type = readType(name);
        case "shape" -> shape = readNumbers(name, key);
        case "data_offsets" -> offsets = readNumbers(name, key);
        default -> throw damaged("tensor '%s' has an unknown key '%s'".formatted(name, key));
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw damaged(
          "tensor '%s' needs dtype, shape and two data_offsets, but has %s, %s and %s"
              .formatted(name, type, shape, offsets));
    }
    return entry(name, type, shape, offsets.get(0), offsets.get(1));
  }

  private Entry entry(String name, Tensor.Type type, List<Long> extents, long begin, long end)
      throws IOException {
    List<Integer> shape = new ArrayList<>(extents.size());
    boolean fits = begin <= end;
    for (long extent : extents) {
      shape.add((int) extent);
      fits &= extent <= Integer.MAX_VALUE;
    }
    long count = fits ? Tensor.count(shape) : -1;
    if (count < 0 || end - begin != count * type.bytes()) {
      throw damaged(
          "tensor '%s' of type %s and shape %s has the bytes from %d to %d of the data"
              .formatted(name, type, extents, begin, end));
    }
    return new Entry(name, type, shape, begin, end);
  }

  private Tensor.Type readType(String name) throws IOException {
    require(json.nextToken(), JsonToken.VALUE_STRING, "a string as dtype of '%s'".formatted(name));
    String read = json.getText();
    for (Tensor.Type type : Tensor.Type.values()) {
      if (type.name().equals(read)) {
        return type;
      }
    }
    throw new IOException(
        "%s: tensor '%s' has the type '%s'; F32, F64 and I64 are read. Save it as one of these."
            .formatted(file, name, read));
  }

  private List<Long> readNumbers(String name, String key) throws IOException {
    String expected = "an array of whole numbers as %s of '%s'".formatted(key, name);
    require(json.nextToken(), JsonToken.START_ARRAY, expected);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken(), JsonToken.VALUE_NUMBER_INT, expected);
      long number = json.getLongValue(); // a number beyond 64 bits is an exception of Jackson's
      if (number < 0) {
        throw damaged("%s of tensor '%s' has the number %d".formatted(key, name, number));
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** The next key of the current object; null at its end. */
  private @Nullable String nextName() throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.END_OBJECT) {
      return null;
    }
    require(token, JsonToken.FIELD_NAME, "a key");
    return json.currentName();
  }

  private void require(@Nullable JsonToken token, @Nullable JsonToken expected, String what)
      throws IOException {
    if (token != expected) {
      throw damaged("its header has %s where %s is expected".formatted(token, what));
    }
  }

  private IOException damaged(String fact) {
    return new IOException("%s: %s. It is damaged: fetch or write it again.".formatted(file, fact));
  }
}
