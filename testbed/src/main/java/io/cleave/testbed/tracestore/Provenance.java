package io.cleave.testbed.tracestore;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Where an imported recording comes from; kept as JSON beside it.
 *
 * @param source who recorded it, or the file it was
 * @param format what it was read as
 * @param unit of the rates in the original
 * @param rttMillis round trip if it was given and not measured; the mean over time otherwise
 * @param rttSamples how many round trips the original held; 0 if it held none
 * @param originals the files that were read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Provenance(
    @JsonProperty(value = "source", required = true) String source,
    @JsonProperty(value = "format", required = true) String format,
    @JsonProperty(value = "unit", required = true) String unit,
    @JsonProperty(value = "rtt_ms", required = true) double rttMillis,
    @JsonProperty(value = "rtt_samples", required = true) int rttSamples,
    @JsonProperty(value = "originals", required = true) List<Original> originals) {
  public Provenance {
    originals = List.copyOf(originals);
    if (!(rttMillis >= 0) || Double.isInfinite(rttMillis)) {
      throw new IllegalArgumentException(
          "A round trip must be finite and at least 0 ms, not %s.".formatted(rttMillis));
    }
  }

  /**
   * A file as it was when it was imported.
   *
   * @param file its name, without folders
   * @param sha256 in hexadecimal digits
   */
  public record Original(
      @JsonProperty(value = "file", required = true) String file,
      @JsonProperty(value = "sha256", required = true) String sha256) {}
}
