"""Apps of the company: what their tools do, who may use them, what they leave behind."""
