package org.anabranch.spark.data;

import java.io.DataInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The types of numbers that an IDX file can hold, all big endian. */
enum IdxNumber {
  UNSIGNED_BYTE(0x08, 1) {
    @Override
    double read(DataInputStream data) throws IOException {
      return data.readUnsignedByte();
    }
  },
  SIGNED_BYTE(0x09, 1) {
    @Override
    double read(DataInputStream data) throws IOException {
      return data.readByte();
    }
  },
  SHORT(0x0b, 2) {
    @Override
    double read(DataInputStream data) throws IOException {
      return data.readShort();
    }
  },
  INT(0x0c, 4) {
    @Override
    double read(DataInputStream data) throws IOException {
      return data.readInt();
    }
  },
  FLOAT(0x0d, 4) {
    @Override
    double read(DataInputStream data) throws IOException {
      return data.readFloat();
    }
  },
  DOUBLE(0x0e, 8) {
    @Override
    double read(DataInputStream data) throws IOException {
      return data.readDouble();
    }
  };

  private final int code;
  private final int bytes;

  IdxNumber(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type with a code, the third byte of a file; null if there is none. */
  static @Nullable IdxNumber of(int code) {
    for (IdxNumber number : values()) {
      if (number.code == code) {
        return number;
      }
    }
    return null;
  }

  int bytes() {
    return bytes;
  }

  abstract double read(DataInputStream data) throws IOException;
}
