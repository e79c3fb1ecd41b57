// SPDX-License-Identifier: Apache-2.0

package io.mcpremote.audit.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Finds out up to where the chains of a directory were deleted in order.
 */
final class AnchorCheck {

	private final LedgerDirectory directory;

	private final LedgerKeys keys;

	private final Findings findings;

	AnchorCheck(LedgerDirectory directory, LedgerKeys keys, Findings findings) {
		this.directory = directory;
		this.keys = keys;
		this.findings = findings;
	}

	/**
	 * Return the anchor of a chain, of which there may be several.
	 * @param needed whether there are records of the chain
	 * @param kept what is kept elsewhere
	 * @return the anchor, {@code null} if there is none that is genuine
	 */
	@Nullable Statement find(String chain, boolean needed, List<Witnesses> kept) throws IOException {
		Statement elsewhere = Witnesses.anchor(kept, chain);
		Path file = this.directory.anchor(chain);
		if (!LedgerDirectory.isFile(file)) {
			if (elsewhere != null && needed) {
				this.findings.fault(Fault.MISSING, file.getFileName().toString(), 0, chain, elsewhere.seq(),
						"the anchor of the chain, of which there is a copy elsewhere");
			}
			return elsewhere;
		}
		Statement anchor = this.directory.readAnchor(chain);
		String name = file.getFileName().toString();
		if (anchor == null || anchor.kind() != Statement.Kind.ANCHOR || !anchor.chain().equals(chain)) {
			this.findings.fault(Fault.ALTERED, name, 1, chain, -1, "is not an anchor of this chain");
			return elsewhere;
		}
		LedgerKeys.Objection objection = this.keys.objection(anchor);
		if (objection != null && objection.fault() == Fault.UNVERIFIABLE && !needed) {
			this.findings.notice(name + ": " + objection.message() + "; the chain has no records any more");
			return elsewhere;
		}
		if (objection != null) {
			this.findings.fault(objection.fault(), name, 1, chain, anchor.seq(), objection.message());
			return elsewhere;
		}
		return (elsewhere != null && elsewhere.seq() > anchor.seq()) ? elsewhere : anchor;
	}

}
