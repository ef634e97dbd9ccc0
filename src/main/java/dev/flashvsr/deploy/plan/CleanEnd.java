package dev.flashvsr.deploy.plan;

import java.util.List;
import java.util.Map;

/**
 * How a removal ended.
 *
 * @param removed paths relative to the root, as they went; {@code .} is the root itself
 * @param failed why others did not go, by path; safe to show
 * @param result {@code ok}, {@code failed} or {@code cancelled}
 */
public record CleanEnd(List<String> removed, Map<String, String> failed, String result) {}
