package io.cleave.agents.dnn;

import io.cleave.policies.onnx.ModelFormatException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * A folder of files named after the SHA-256 of what is in them. Files are written aside and moved
 * into place, so that processes may share a folder and a crash leaves no half file under a good
 * name.
 */
final class ContentFolder {
  /** Writes some content. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final String ENDING = ".onnx";

  private final Path folder;

  ContentFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path file(String sha256) {
    return folder.resolve(sha256 + ENDING);
  }

  /** Takes content in and returns its hash. */
  String put(Content content) throws IOException {
    return put(content, "");
  }

  /**
   * Takes content in if it has this hash.
   *
   * @throws ModelFormatException if it has another
   */
  void put(String sha256, Content content) throws IOException {
    put(content, sha256);
  }

  /** Copies a file that belongs to one that is here; what was there before is replaced. */
  void putBeside(String sha256, Path other, UnaryOperator<Path> beside) throws IOException {
    Path aside = Files.createTempFile(folder, "incoming", ".part");
    try {
      Files.copy(other, aside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(aside, beside.apply(file(sha256)), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private String put(Content content, String wanted) throws IOException {
    Path aside = Files.createTempFile(folder, "incoming", ".part");
    try {
      String sha256 = write(content, aside);
      if (!wanted.isEmpty() && !wanted.equals(sha256)) {
        throw new ModelFormatException(
            "The content has hash %s, but %s was wanted. Maybe it was damaged on its way, or made by another version of Cleave."
                .formatted(sha256, wanted));
      }
      Files.move(aside, file(sha256), StandardCopyOption.ATOMIC_MOVE);
      return sha256;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /**
   * Whether a file of this hash is there.
   *
   * @throws ModelFormatException if it is there and damaged
   */
  boolean holds(String sha256) throws IOException {
    Path file = file(sha256);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    DigestOutputStream digest = digesting(OutputStream.nullOutputStream());
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(digest);
    }
    String found = hex(digest);
    if (!found.equals(sha256)) {
      throw new ModelFormatException(
          "The file %s is damaged: its content has hash %s. Delete it, and it is fetched again."
              .formatted(file, found));
    }
    return true;
  }

  private static String write(Content content, Path file) throws IOException {
    try (DigestOutputStream digest = digesting(Files.newOutputStream(file));
        OutputStream out = new BufferedOutputStream(digest, 1 << 16)) {
      content.writeTo(out);
      out.flush();
      return hex(digest);
    }
  }

  private static DigestOutputStream digesting(OutputStream out) {
    try {
      return new DigestOutputStream(out, MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException error) {
      throw new IllegalStateException("Every Java has SHA-256.", error);
    }
  }

  private static String hex(DigestOutputStream digest) {
    return HexFormat.of().formatHex(digest.getMessageDigest().digest());
  }
}
