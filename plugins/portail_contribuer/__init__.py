"""Forms where one proposes and corrects, their guides, drafts shared by a link."""
